package org.pregonero.dispatcher;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void modulesUseEachOtherOnlyAsAgreed() {
        ApplicationModules.of(PregoneroApplication.class).verify();
    }
}
