package org.pregonero.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pregonero.channels.email.EmailAutoConfiguration;
import org.pregonero.channels.facebook.FacebookAutoConfiguration;
import org.pregonero.channels.poster.PosterAutoConfiguration;
import org.pregonero.channels.x.XAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EmailAutoConfiguration.class,
                    PosterAutoConfiguration.class,
                    XAutoConfiguration.class,
                    FacebookAutoConfiguration.class));

    @Test
    void withoutSettingsThereIsNoChannel() {
        runner.withPropertyValues(
                        "pregonero.channels.email.host=",
                        "pregonero.channels.x.access-token=",
                        "pregonero.channels.x.base-url=https://api.x.com",
                        "pregonero.channels.facebook.page-id= ")
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
                    assertThat(context.getBeansOfType(ChannelAdapter.class)).hasSize(2);
                    assertThat(context.getBean("emailAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .contains("pregonero.channels.email"));
                    assertThat(context.getBean("posterAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOf(CheckResult.Ok.class);
                });
    }

    @Test
    void aForgottenSecretIsNamedAndLeavesOnlyItsChannelOff() {
        runner.withPropertyValues(
                        "pregonero.channels.x.consumer-key=clave",
                        "pregonero.channels.x.consumer-secret=secreto",
                        "pregonero.channels.x.access-token=4711-token",
                        "pregonero.channels.x.user-id=4711",
                        "pregonero.channels.facebook.page-id=815",
                        "pregonero.channels.facebook.access-token=token",
                        "pregonero.channels.facebook.read-timeout=mucho")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean("xAdapter", ChannelAdapter.class).check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> {
                                assertThat(failed.reason().code()).isEqualTo(Reason.Code.CONFIGURATION);
                                assertThat(failed.advice())
                                        .contains("pregonero.channels.x.access-token-secret: falta")
                                        .doesNotContain("consumer");
                            });
                    assertThat(context.getBean("facebookAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .contains("pregonero.channels.facebook.read-timeout"));
                });
    }

    @Test
    void aTokenWithALineBreakInItIsNamedAndNotRepeated() {
        runner.withPropertyValues(
                        "pregonero.channels.facebook.page-id=815", "pregonero.channels.facebook.access-token=EAA\nmas")
                .run(context -> assertThat(context.getBean(ChannelAdapter.class).check())
                        .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                .contains("pregonero.channels.facebook.access-token: tiene espacios")
                                .doesNotContain("EAA")));
    }
}
