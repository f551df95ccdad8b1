package org.pregonero.dispatcher.audience;

/** Something that keeps data of people besides what stands in their own entry. */
public interface KeepsPersonalData {

    /** All of it that is a person's, to be read by that person: a JSON object with a list under each name. */
    String known(DataSubject person);

    /** Takes it out, in the transaction of the caller. What is only counted stays, so that figures add up as before. */
    void forget(DataSubject person);
}
