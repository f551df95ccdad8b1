package org.pregonero.dispatcher.audience;

/** Something that goes out to audiences, and would miss one that is deleted. */
public interface AudienceUse {

    boolean uses(long audience);
}
