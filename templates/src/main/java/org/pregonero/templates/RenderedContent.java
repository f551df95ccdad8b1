package org.pregonero.templates;

/** Content made ready for one recipient or one place, in the form that a channel carries. */
public interface RenderedContent {}
