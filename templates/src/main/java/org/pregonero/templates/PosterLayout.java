package org.pregonero.templates;

/** How a poster is arranged. */
public enum PosterLayout {
    /** The headline fills a block of the institution's colour; date and place follow in a strip of the second colour. */
    HEADLINE("poster-headline.html", 27, 178, 0.3),

    /** A column in the institution's colour with the day in very large figures; the text stands beside it. */
    DATE("poster-date.html", 19, 112, 0.42);

    private final String resource;
    private final double headlineSize;
    private final double headlineWidth;
    private final double smallestHeadline;

    PosterLayout(String resource, double headlineSize, double headlineWidth, double smallestHeadline) {
        this.resource = resource;
        this.headlineSize = headlineSize;
        this.headlineWidth = headlineWidth;
        this.smallestHeadline = smallestHeadline;
    }

    String resource() {
        return resource;
    }

    /** The largest scale at which a word that is so many times its own size wide stays in one line. */
    double headlineScale(double widestWord) {
        return Math.min(1, headlineWidth / (Math.max(0.1, widestWord) * headlineSize));
    }

    /** How far a text may shrink to fit its box before it is no longer read from where people stand. */
    double smallest(String text) {
        return switch (text) {
            case "headline" -> smallestHeadline;
            case "facts" -> 0.4;
            case "body" -> 0.57;
            case "action" -> 0.55;
            default -> 1;
        };
    }
}
