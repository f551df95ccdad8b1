package org.pregonero.dispatcher.message;

/**
 * Something that keeps a message from being scheduled as it is.
 *
 * @param channel code of the channel whose text is concerned
 * @param placeholder the name in the text, or empty where the problem is not about one
 * @param people how many people are concerned; 0 where it is the text itself
 * @param explanation what is wrong and what to do, in the reader's language
 */
public record Problem(String channel, String placeholder, int people, String explanation) {}
