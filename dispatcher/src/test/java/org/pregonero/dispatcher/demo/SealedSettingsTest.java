package org.pregonero.dispatcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedSettingsTest {

    @Test
    void whatIsConfiguredOutsideIsNotKnown() {
        System.setProperty("pregonero.channels.email.host", "correo.entidad.example");
        try {
            var environment = new SealedSettings("/datos").environment();

            assertThat(environment.getProperty("pregonero.channels.email.host")).isNull();
            assertThat(environment.getPropertySources()).isEmpty();
        } finally {
            System.clearProperty("pregonero.channels.email.host");
        }
    }

    @Test
    void keepsItsDataBesideTheLiveData() {
        assertThat(new SealedSettings("/datos").arguments()).contains("--pregonero.data=/datos/demo");
        assertThat(new SealedSettings(null).arguments())
                .anyMatch(argument -> argument.matches("--pregonero.data=/.+/data/demo"));
    }
}
