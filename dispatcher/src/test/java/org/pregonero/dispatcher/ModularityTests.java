package org.pregonero.dispatcher;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@Tag("once")
class ModularityTests {

    @Test
    void modulesUseEachOtherOnlyAsAgreed() {
        ApplicationModules.of(PregoneroApplication.class).verify();
    }
}
