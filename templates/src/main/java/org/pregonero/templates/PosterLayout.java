package org.pregonero.templates;

/** How a poster or a flyer is arranged. The other pieces have one arrangement each, made for their proportions. */
public enum PosterLayout {
    /** The headline fills a block of the institution's colour; date and place follow in a strip of the second colour. */
    HEADLINE,

    /** A column in the institution's colour with the day in very large figures; the text stands beside it. */
    DATE,

    /** A ticket on a ground of the institution's colour: the day in a disc of the second colour, the code on the stub. */
    TICKET,

    /** Fields of both colours cut the page diagonally; the headline stands on the larger one. */
    DIAGONAL
}
