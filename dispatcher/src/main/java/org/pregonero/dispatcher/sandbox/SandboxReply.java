package org.pregonero.dispatcher.sandbox;

import java.io.Serializable;

/**
 * What the application did with what a person wrote.
 *
 * @param status of its HTTP answer; 0 when it did not answer
 * @param answers how many messages it sent back
 */
public record SandboxReply(int status, int answers) implements Serializable {

    public boolean taken() {
        return status / 100 == 2;
    }
}
