package org.pregonero.channels.twilio;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's client without its log, which names addresses, and with refusals that tell status and Retry-After even when
 * the answer is not of the form that the SDK expects.
 */
final class TwilioClient extends TwilioRestClient {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final String accountSid;
    private final String authToken;

    TwilioClient(String accountSid, String authToken, HttpClient http) {
        super(new Builder(accountSid, authToken).httpClient(http));
        this.accountSid = accountSid;
        this.authToken = authToken;
    }

    /**
     * @throws RefusedException for every answer but success
     * @throws NoAnswerException for none
     */
    @Override
    public Response request(Request request) {
        request.setAuth(accountSid, authToken);
        Response response = getHttpClient().makeRequest(request);
        if (response.getStatusCode() / 100 != 2) {
            throw refusal(response);
        }
        return response;
    }

    /**
     * The messages of one list.
     *
     * @param complete whether there are no older or newer ones
     */
    record Listing(List<Message> messages, boolean complete) {}

    /**
     * The latest messages to a number. The SDK's own reader takes an answer without messages for an empty list, and quotes
     * one that it cannot read in the words of its exception.
     *
     * @param recipient with the channel's prefix
     */
    Listing messagesTo(String recipient) {
        Request request = new Request(
                HttpMethod.GET, Domains.API.toString(), "/2010-04-01/Accounts/" + accountSid + "/Messages.json");
        request.addQueryParam("To", recipient);
        request.addQueryParam("PageSize", "100");
        Response response = request(request);
        List<Message> messages = new ArrayList<>();
        try {
            JsonNode list = getObjectMapper().readTree(response.getContent());
            if (!list.path("messages").isArray()) {
                throw new ApiException("Not a list");
            }
            for (JsonNode message : list.path("messages")) {
                if (!message.isObject()) {
                    throw new ApiException("Not a message");
                }
                messages.add(getObjectMapper().treeToValue(message, Message.class));
            }
            return new Listing(
                    messages,
                    list.path("next_page_uri").asText("").isEmpty()
                            || list.path("next_page_uri").isNull());
        } catch (JacksonException e) {
            throw new ApiException("Not a list of messages");
        }
    }

    private RefusedException refusal(Response response) {
        int code = 0;
        String words = "";
        try {
            JsonNode answer = getObjectMapper().readTree(response.getContent());
            code = answer.path("code").asInt(0);
            words = answer.path("message").asText("");
        } catch (JacksonException e) {
            // Not Twilio's form; the status says enough.
        }
        return new RefusedException(response.getStatusCode(), code, words, retryAfter(response));
    }

    private static @Nullable Duration retryAfter(Response response) {
        for (Header header : response.getHeaders()) {
            if (header.getName().equalsIgnoreCase(HttpHeaders.RETRY_AFTER)
                    && SECONDS.matcher(header.getValue()).matches()) {
                return Duration.ofSeconds(Long.parseLong(header.getValue()));
            }
        }
        return null;
    }
}
