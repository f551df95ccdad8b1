package org.pregonero.channels.x;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpMethod;
import twitter4j.HttpRequest;
import twitter4j.RequestMethod;
import twitter4j.auth.OAuthAuthorization;
import twitter4j.conf.ConfigurationBuilder;

/**
 * Proves to X on whose behalf a request comes. OAuth 1.0a (RFC 5849) with the account's own access token, which does not
 * expire by itself. Bodies in JSON and multipart are not part of the signature (3.4.1.3.1).
 */
final class OAuth1Signer {

    private final OAuthAuthorization authorization;

    OAuth1Signer(XProperties settings) {
        authorization = new OAuthAuthorization(new ConfigurationBuilder()
                .setOAuthConsumerKey(settings.consumerKey())
                .setOAuthConsumerSecret(settings.consumerSecret())
                .setOAuthAccessToken(settings.accessToken())
                .setOAuthAccessTokenSecret(settings.accessTokenSecret())
                .build());
    }

    /**
     * The value of the request's Authorization header; a new one for each request.
     *
     * @param url with its query, which is signed too
     */
    String authorization(HttpMethod method, URI url) {
        return authorization.getAuthorizationHeader(
                new HttpRequest(RequestMethod.valueOf(method.name()), url.toString(), null, authorization, Map.of()));
    }
}
