package org.pregonero.channels.facebook;

import com.restfb.BinaryAttachment;
import com.restfb.DebugHeaderInfo;
import com.restfb.WebRequestor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries RestFB's requests by Java's newer client. The one that RestFB brings repeats a POST by itself when the server
 * drops the connection, and puts the fields of a multipart request, where a token could be, into its address.
 */
final class OnceRequestor implements WebRequestor {

    private final HttpClient client;
    private final Duration readTimeout;
    private final Duration longest;

    OnceRequestor(Duration connectTimeout, Duration readTimeout) {
        this.readTimeout = readTimeout;
        this.longest = connectTimeout.plus(readTimeout);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Response executeGet(Request request) throws IOException {
        return answer(to(request, request.getFullUrl()).GET());
    }

    @Override
    public Response executePost(Request request) throws IOException {
        if (request.getBinaryAttachments().isEmpty()) {
            return answer(to(request, request.getUrl())
                    .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                    .POST(BodyPublishers.ofString(request.getParameters())));
        }
        String boundary = UUID.randomUUID().toString();
        return answer(to(request, request.getUrl())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(multipart(request.getParameters(), request.getBinaryAttachments(), boundary)));
    }

    @Override
    public Response executeDelete(Request request) throws IOException {
        return answer(to(request, request.getFullUrl()).DELETE());
    }

    @Override
    public @Nullable DebugHeaderInfo getDebugHeaderInfo() {
        return null;
    }

    private HttpRequest.Builder to(Request request, String url) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(readTimeout);
        return request.hasHeaderAccessToken()
                ? builder.header("Authorization", "Bearer " + request.getHeaderAccessToken())
                : builder;
    }

    private Response answer(HttpRequest.Builder builder) throws IOException {
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            // The client's own limit ends with the headers; an answer whose body stands still would be waited for
            // forever.
            HttpResponse<String> response = exchange.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return new Response(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new HttpTimeoutException("no whole answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the answer");
        }
    }

    /** RFC 7578. The parameters come as RestFB writes them: encoded for a form. */
    private static BodyPublisher multipart(String parameters, List<BinaryAttachment> files, String boundary)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String parameter : parameters.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            write(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + pair[0] + "\"\r\n\r\n");
            write(body, URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8) + "\r\n");
        }
        for (BinaryAttachment file : files) {
            write(
                    body,
                    "--" + boundary + "\r\nContent-Disposition: form-data; name=\"source\"; filename=\""
                            + file.getFilename() + "\"\r\nContent-Type: " + file.getContentType() + "\r\n\r\n");
            file.getData().transferTo(body);
            write(body, "\r\n");
        }
        write(body, "--" + boundary + "--\r\n");
        return BodyPublishers.ofByteArray(body.toByteArray());
    }

    private static void write(ByteArrayOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
