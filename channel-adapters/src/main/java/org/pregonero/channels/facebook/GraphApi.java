package org.pregonero.channels.facebook;

import com.restfb.BinaryAttachment;
import com.restfb.DefaultFacebookClient;
import com.restfb.DefaultJsonMapper;
import com.restfb.FacebookClient;
import com.restfb.FacebookEndpoints;
import com.restfb.Parameter;
import com.restfb.Version;
import com.restfb.json.JsonArray;
import com.restfb.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.RenderedPost;

/**
 * The requests of the Graph API that a post needs, each made once. All throw {@link com.restfb.exception.FacebookException}.
 *
 * @see <a href="https://developers.facebook.com/docs/pages-api/posts">posts of pages</a>
 */
final class GraphApi {

    /** How many of the page's posts are read back at most. */
    static final int POSTS = 100;

    private final FacebookProperties settings;
    private final FacebookClient client;

    GraphApi(FacebookProperties settings) {
        this.settings = settings;
        DefaultFacebookClient graph = new DefaultFacebookClient(
                settings.accessToken(),
                new OnceRequestor(settings.connectTimeout(), settings.readTimeout()),
                new DefaultJsonMapper(),
                // RestFB knows the versions of its own day only; ours is part of the address.
                Version.UNVERSIONED);
        graph.setHeaderAuthorization(true);
        String address = settings.baseUrl() + "/" + settings.graphVersion();
        graph.setFacebookEndpointUrls(new FacebookEndpoints() {
            @Override
            public String getGraphEndpoint() {
                return address;
            }
        });
        client = graph;
    }

    /** The page that the token belongs to. */
    JsonObject me() {
        return client.fetchObject("me", JsonObject.class, Parameter.with("fields", "id,name"));
    }

    /** Puts a picture where a post can take it; nobody sees it yet. */
    JsonObject upload(PostPicture picture) {
        return client.publish(
                settings.pageId() + "/photos",
                JsonObject.class,
                BinaryAttachment.with(picture.mediaType().replace('/', '.'), picture.data(), picture.mediaType()),
                Parameter.with("published", false),
                Parameter.with("alt_text_custom", picture.alternativeText()));
    }

    JsonObject post(RenderedPost post, @Nullable String photo) {
        List<Parameter> parameters = new ArrayList<>(List.of(Parameter.with("message", post.text())));
        if (post.link() != null) {
            parameters.add(Parameter.with("link", post.link()));
        }
        if (photo != null) {
            JsonArray attached = new JsonArray();
            attached.add(new JsonObject().add("media_fbid", photo));
            parameters.add(Parameter.with("attached_media", attached.toString()));
        }
        return client.publish(settings.pageId() + "/feed", JsonObject.class, parameters.toArray(Parameter[]::new));
    }

    /** The page's latest posts, up to {@link #POSTS}. */
    JsonObject postsSince(Instant since) {
        return client.fetchObject(
                settings.pageId() + "/published_posts",
                JsonObject.class,
                Parameter.with("fields", "id,message,created_time"),
                Parameter.with("since", since.getEpochSecond()),
                Parameter.with("limit", POSTS));
    }

    JsonObject reactions(String post) {
        return client.fetchObject(
                post,
                JsonObject.class,
                Parameter.with(
                        "fields",
                        "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares"));
    }

    JsonObject insights(String post) {
        return client.fetchObject(
                post + "/insights",
                JsonObject.class,
                Parameter.with("metric", settings.impressionsMetric() + "," + settings.reachedAccountsMetric()),
                Parameter.with("period", "lifetime"));
    }
}
