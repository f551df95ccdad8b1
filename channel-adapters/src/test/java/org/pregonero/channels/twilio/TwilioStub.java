package org.pregonero.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Twilio's side of the connection. */
final class TwilioStub implements AutoCloseable {

    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String AUTH_TOKEN = "clave-muy-secreta";
    static final String MESSAGES = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
    static final String SID = "SM00000000000000000000000000000001";
    static final String CALLBACK = "https://difusion.ejemplo.gov.co/entrada/twilio";

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .gzipDisabled(true));
    /** Takes connections, and never says a word. */
    private final ServerSocket silent;

    TwilioStub() {
        server.start();
        try {
            silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.stubFor(get(urlPathEqualTo("/2010-04-01/Accounts/" + ACCOUNT + ".json"))
                .willReturn(json(200, "{\"sid\": \"" + ACCOUNT + "\", \"status\": \"active\"}")));
        accepts();
    }

    void accepts() {
        answers(json(
                201,
                "{\"sid\": \"" + SID + "\", \"status\": \"queued\", \"to\": \"+573001234567\", \"error_code\": null,"
                        + " \"date_created\": \"Thu, 05 Nov 2026 14:00:00 +0000\", \"new_field\": 1}"));
    }

    void refuses(int status, int code, String message) {
        answers(refusal(status, code, message));
    }

    static ResponseDefinitionBuilder refusal(int status, int code, String message) {
        return json(
                status,
                "{\"code\": " + code + ", \"message\": \"" + message + "\", \"more_info\": \"x\", \"status\": " + status
                        + "}");
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(anyUrl()).willReturn(answer));
    }

    void breaks(Fault fault) {
        answers(aResponse().withFault(fault));
    }

    void isSlow() {
        answers(aResponse().withStatus(201).withFixedDelay(5000));
    }

    void lists(String messages) {
        server.stubFor(get(urlPathEqualTo(MESSAGES)).willReturn(json(200, messages)));
    }

    void answersGet(ResponseDefinitionBuilder answer) {
        server.stubFor(get(anyUrl()).willReturn(answer));
    }

    List<LoggedRequest> posts() {
        return server.findAll(postRequestedFor(anyUrl()));
    }

    List<LoggedRequest> all() {
        return server.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .toList();
    }

    TwilioProperties settings() {
        return settings("http://127.0.0.1:" + server.port(), Duration.ofSeconds(20));
    }

    TwilioProperties impatientSettings() {
        return settings("http://127.0.0.1:" + server.port(), Duration.ofSeconds(1));
    }

    /** An address where a connection is made and nothing is said. */
    TwilioProperties silentSettings() {
        return settings("https://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(20));
    }

    /** An address where nobody is. */
    TwilioProperties deafSettings() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return settings("http://127.0.0.1:" + free.getLocalPort(), Duration.ofSeconds(20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TwilioProperties settings(String baseUrl, Duration readTimeout) {
        return new TwilioProperties(ACCOUNT, AUTH_TOKEN, baseUrl, CALLBACK, 8, Duration.ofSeconds(1), readTimeout);
    }

    static Map<String, String> form(LoggedRequest request) {
        return request.formParameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().firstValue()));
    }

    @Override
    public void close() {
        server.stop();
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
