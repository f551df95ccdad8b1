package org.pregonero.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pregonero.channels.email.EmailAutoConfiguration;
import org.pregonero.channels.poster.PosterAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EmailAutoConfiguration.class, PosterAutoConfiguration.class));

    @Test
    void withoutSettingsThereIsNoChannel() {
        runner.withPropertyValues("pregonero.channels.email.host=")
                .run(context -> assertThat(context).doesNotHaveBean(ChannelAdapter.class));
    }

    @Test
    void aMisspeltSettingLeavesOnlyItsChannelOff() {
        runner.withPropertyValues(
                        "pregonero.channels.email.host=correo.ejemplo.gov.co",
                        "pregonero.channels.email.security=quizás",
                        "pregonero.channels.poster.directory=" + System.getProperty("java.io.tmpdir"),
                        "pregonero.channels.poster.base-url=https://difusion.ejemplo.gov.co/afiches")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(ChannelAdapter.class)).hasSize(3);
                    assertThat(context.getBean("emailAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .contains("pregonero.channels.email"));
                    assertThat(context.getBean("posterAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOf(CheckResult.Ok.class);
                });
    }
}
