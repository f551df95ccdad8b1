package org.pregonero.channels.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Carries each request of Twilio's SDK to the configured address exactly once. The SDK's own client repeats a POST after
 * any answer of 500 and above, and Apache's client beneath it repeats after 429 and 503; a person would get the message
 * again each time.
 */
final class SingleRequest extends HttpClient implements AutoCloseable {

    private static final String HANDED_OVER = SingleRequest.class.getName() + ".handedOver";
    private static final int LONGEST_ANSWER = 8 << 20;

    /** Log requests with addresses and texts when they are set fine enough, whoever set them so. */
    private static final List<String> TALKATIVE = List.of(
            "org.apache.hc.client5.http", "org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers");

    private final URI base;
    private final CloseableHttpClient client;

    SingleRequest(TwilioProperties settings) {
        LoggingSystem logging = LoggingSystem.get(SingleRequest.class.getClassLoader());
        TALKATIVE.forEach(logger -> logging.setLogLevel(logger, LogLevel.WARN));
        this.base = URI.create(settings.baseUrl());
        Timeout connect = Timeout.of(settings.connectTimeout());
        Timeout read = Timeout.of(settings.readTimeout());
        this.client = HttpClientBuilder.create()
                .useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(connect).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                // One that the other side has closed meanwhile would leave a delivery in doubt.
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(read)
                        .setResponseTimeout(read)
                        .build())
                .setRequestExecutor(new HandoverNoting())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableAuthCaching()
                .disableCookieManagement()
                .setUserAgent("pregonero")
                .build();
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /** @throws NoAnswerException when no answer came or could not be read */
    @Override
    public Response makeRequest(Request request) {
        HttpClientContext context = HttpClientContext.create();
        try {
            return client.execute(outgoing(request), context, SingleRequest::answer);
        } catch (IOException e) {
            throw new NoAnswerException(context.getAttribute(HANDED_OVER) != null, e);
        }
    }

    private HttpUriRequestBase outgoing(Request request) {
        URI meant = URI.create(request.constructURL().toString());
        String query = meant.getRawQuery();
        HttpUriRequestBase outgoing = new HttpUriRequestBase(
                request.getMethod().toString(),
                URI.create(base + meant.getRawPath() + (query == null ? "" : "?" + query)));
        outgoing.addHeader(HttpHeaders.AUTHORIZATION, request.getAuthString());
        outgoing.addHeader(HttpHeaders.ACCEPT, "application/json");
        if (request.getMethod() == HttpMethod.POST) {
            List<NameValuePair> form = new ArrayList<>();
            request.getPostParams()
                    .forEach((name, values) -> values.forEach(value -> form.add(new BasicNameValuePair(name, value))));
            outgoing.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        }
        return outgoing;
    }

    private static Response answer(ClassicHttpResponse answer) throws IOException, HttpException {
        HttpEntity entity = answer.getEntity();
        String content = entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8, LONGEST_ANSWER);
        return new Response(content, answer.getCode(), answer.getHeaders());
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }

    /** Notes the moment from which on the provider may have the request. */
    private static final class HandoverNoting extends HttpRequestExecutor {

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            context.setAttribute(HANDED_OVER, true);
            return super.execute(request, connection, information, context);
        }
    }
}
