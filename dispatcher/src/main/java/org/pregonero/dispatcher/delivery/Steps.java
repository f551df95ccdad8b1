package org.pregonero.dispatcher.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * Steps that are made again and again, in their order, by one process at a time. Each can be repeated, and by two processes at
 * once, without harm; one that fails does not keep the others from their work.
 */
final class Steps {

    private final Lock only;
    private final Map<Outages, Runnable> steps = new LinkedHashMap<>();

    /** @param only held while the steps are made; who does not get it at once leaves them to another process */
    Steps(Lock only) {
        this.only = only;
    }

    Steps then(String what, Runnable step) {
        steps.put(new Outages(what), step);
        return this;
    }

    void make() {
        if (!only.tryLock()) {
            return;
        }
        try {
            steps.forEach(Outages::watch);
        } finally {
            only.unlock();
        }
    }
}
