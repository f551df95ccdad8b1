package org.pregonero.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.channels.email.EmailAutoConfiguration;
import org.pregonero.channels.facebook.FacebookAutoConfiguration;
import org.pregonero.channels.poster.PosterAutoConfiguration;
import org.pregonero.channels.twilio.TwilioAutoConfiguration;
import org.pregonero.channels.x.XAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EmailAutoConfiguration.class,
                    PosterAutoConfiguration.class,
                    TwilioAutoConfiguration.class,
                    XAutoConfiguration.class,
                    FacebookAutoConfiguration.class));

    @Test
    void withoutSettingsThereIsNoChannel() {
        runner.withPropertyValues(
                        "pregonero.channels.email.host=",
                        "pregonero.channels.twilio.account-sid=",
                        "pregonero.channels.x.access-token=",
                        "pregonero.channels.x.base-url=https://api.x.com",
                        "pregonero.channels.facebook.page-id= ",
                        "pregonero.channels.twilio.callback-url=https://difusion.ejemplo.gov.co/entrada/twilio")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ChannelAdapter.class);
                    assertThat(context).doesNotHaveBean(ReadsCallbacks.class);
                });
    }

    @Test
    void anAccountWithoutItsTokenLeavesItsChannelsOff() {
        runner.withPropertyValues(
                        "pregonero.channels.twilio.account-sid=AC0123456789abcdef0123456789abcdef",
                        "pregonero.channels.sms.sender=85432")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(ChannelAdapter.class).values())
                            .singleElement()
                            .satisfies(sms -> {
                                assertThat(sms.channel()).isEqualTo(new Channel("SMS"));
                                assertThat(sms.check())
                                        .isInstanceOfSatisfying(
                                                CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                                        .contains("pregonero.channels.twilio.auth-token"));
                            });
                    assertThat(context).doesNotHaveBean(ReadsCallbacks.class);
                });
    }

    @Test
    void anAccountWithoutAnySenderSaysThatItIsMissing() {
        runner.withPropertyValues(
                        "pregonero.channels.twilio.account-sid=AC0123456789abcdef0123456789abcdef",
                        "pregonero.channels.twilio.auth-token=clave",
                        "pregonero.channels.twilio.base-url=")
                .run(context -> {
                    assertThat(context.getBean("smsAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .startsWith("pregonero.channels.sms.sender"));
                    assertThat(context.getBean("whatsAppAdapter", ChannelAdapter.class)
                                    .check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .startsWith("pregonero.channels.whatsapp.sender"));
                    assertThat(context.getBean(ReadsCallbacks.class).provider()).isEqualTo("twilio");
                });
    }

    @Test
    void aSettingOfTwilioThatCannotBeReadLeavesOnlyItsChannelsOff() {
        runner.withPropertyValues(
                        "pregonero.channels.whatsapp.sender=+576011234567",
                        "pregonero.channels.twilio.read-timeout=pronto")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ChannelAdapter.class).check())
                            .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                                    .contains("pregonero.channels.twilio"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=avisos", "password=clave", "bounces.host=imap.ejemplo.gov.co"})
    void aMailServerThatGotLostIsNamed(String left) {
        runner.withPropertyValues("pregonero.channels.email." + left).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("emailAdapter", ChannelAdapter.class).check())
                    .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                            .contains("pregonero.channels.email.host: falta"));
        });
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
