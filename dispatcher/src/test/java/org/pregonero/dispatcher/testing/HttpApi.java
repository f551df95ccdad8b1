package org.pregonero.dispatcher.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a running Pregonero, by default as its first administrator: a program with the API key, or a person with a
 * browser.
 */
public final class HttpApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new PlainCookies()).build();
    private final String base;
    private final Supplier<Login> login;

    /** @param data the data directory, in which the first login is written down */
    public HttpApi(int port, Path data) {
        this(port, () -> firstLogin(data));
    }

    public HttpApi(int port, Login login) {
        this(port, () -> login);
    }

    private HttpApi(int port, Supplier<Login> login) {
        this.base = "http://127.0.0.1:" + port;
        this.login = login;
    }

    /** Who somebody is; {@link #NOBODY} has neither key nor password. */
    public record Login(String user, String password, String apiKey) {

        public static final Login NOBODY = new Login("", "", "");
    }

    /**
     * The answer, whatever its status.
     *
     * @param location where a redirection leads, else empty
     */
    public record Answer(int status, String text, String location) {

        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    public JsonNode get(String path) {
        return demand(ask("GET", path, null), path);
    }

    public JsonNode post(String path, Object body) {
        return demand(ask("POST", path, body), path);
    }

    /** With the API key. */
    public Answer ask(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        var request = withKey(path)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json(body)));
        return send(request);
    }

    public String csv(String path) {
        return send(withKey(path).header("Accept", "text/csv")).text();
    }

    public JsonNode upload(String path, String name, byte[] file) {
        return demand(tryUpload(path, name, file), path);
    }

    /** The answer to an upload, whatever its status. */
    public Answer tryUpload(String path, String name, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return send(withKey(path)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** A file with its headers, with the API key. */
    public HttpResponse<byte[]> download(String path) {
        try {
            return http.send(withKey(path).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As anybody, with a browser's cookies and no key. */
    public Answer page(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    /** A file, as anybody with a browser's cookies. */
    public byte[] bytes(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same, with its headers. */
    public HttpResponse<String> response(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    /** The bytes of a page's file, with a browser's cookies. */
    public byte[] file(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a form as a browser would that has opened a page before, with the token against forged requests. */
    public Answer submit(String path, Map<String, String> form) {
        var withToken = new LinkedHashMap<>(form);
        withToken.putIfAbsent("_csrf", token());
        return submitWithoutToken(path, withToken);
    }

    public Answer submitWithoutToken(String path, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The same for a form that is nothing but a file. */
    public Answer submitFile(String path, String name, byte[] file) {
        return submitFile(path, Map.of(), "file", name, file);
    }

    /** Sends a form with a file, as a browser would. */
    public Answer submitFile(String path, Map<String, String> form, String field, String name, byte[] file) {
        var body = new ByteArrayOutputStream();
        var fields = new LinkedHashMap<>(form);
        fields.putIfAbsent("_csrf", token());
        fields.forEach((key, value) ->
                body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"" + key + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/html")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    public void logIn() {
        var who = login.get();
        submit("/login", Map.of("username", who.user(), "password", who.password()));
    }

    /** The token that a form carries, for requests that {@link #submit} does not make. */
    public String token() {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(page("/login").text());
        if (!token.find()) {
            throw new IllegalStateException("The log-in page has no token");
        }
        return token.group(1);
    }

    private HttpRequest.Builder withKey(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        var key = login.get().apiKey();
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    /** The first administrator, as its file says. */
    public static Login firstLogin(Path data) {
        try {
            var fields = Files.readAllLines(data.resolve("first-login.txt")).stream()
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
            return new Login(
                    fields.getOrDefault("user", ""),
                    fields.getOrDefault("password", ""),
                    fields.getOrDefault("api-key", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Location").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    private static JsonNode demand(Answer answer, String path) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.json();
    }
}
