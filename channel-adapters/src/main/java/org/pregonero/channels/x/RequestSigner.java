package org.pregonero.channels.x;

import java.net.URI;
import org.springframework.http.HttpMethod;

/** Proves to X on whose behalf a request comes. */
interface RequestSigner {

    /**
     * The value of the request's Authorization header; a new one for each request.
     *
     * @param url with its query, which is signed too
     */
    String authorization(HttpMethod method, URI url);
}
