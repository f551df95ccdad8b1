package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pregonero.channels.email.Samples.CLOCK;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.templates.Attachment;
import org.pregonero.templates.RenderedEmail;

/** What each answer, and each silence, of a mail server means. */
class SmtpOutcomesTest {

    private ScriptedSmtp server = new ScriptedSmtp();
    private EmailAdapter adapter = new EmailAdapter(Samples.settings(server.port()), CLOCK);

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    private void use(ScriptedSmtp other, String... settings) {
        close();
        server = other;
        adapter = new EmailAdapter(Samples.settings(server.port(), settings), CLOCK);
    }

    private ScriptedSmtp server(boolean pipelining) {
        use(pipelining ? new ScriptedSmtp("PIPELINING") : new ScriptedSmtp());
        return server;
    }

    private SendOutcome send() {
        return adapter.send(Samples.message(Samples.plainEmail()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAIL | 421 4.7.0 come back                         | Deferred    | PROVIDER_TROUBLE
            MAIL | 451 4.3.0 trouble                           | Deferred    | PROVIDER_TROUBLE
            MAIL | 550 5.7.1 sender not allowed                | ChannelDown | CONFIGURATION
            MAIL | 553 5.1.8 no such sender                    | ChannelDown | CONFIGURATION
            MAIL | 530 5.7.0 Authentication required           | ChannelDown | AUTHENTICATION
            MAIL | 530 5.7.0 Must issue a STARTTLS command     | ChannelDown | TLS
            MAIL | 552 5.3.4 too big                           | Rejected    | TOO_LARGE
            RCPT | 421 4.3.2 shutting down                     | Deferred    | PROVIDER_TROUBLE
            RCPT | 450 4.2.0 Greylisted                        | Deferred    | PROVIDER_TROUBLE
            RCPT | 452 4.2.2 mailbox full                      | Deferred    | MAILBOX_FULL
            RCPT | 450 4.7.1 rate limit exceeded               | Deferred    | RATE_LIMITED
            RCPT | 550 5.1.1 nobody                            | Rejected    | UNKNOWN_RECIPIENT
            RCPT | 550 no such user                            | Rejected    | UNKNOWN_RECIPIENT
            RCPT | 551 5.1.6 moved                             | Rejected    | UNKNOWN_RECIPIENT
            RCPT | 553 5.1.3 bad syntax                        | Rejected    | INVALID_ADDRESS
            RCPT | 550 5.1.2 no such domain                    | Rejected    | INVALID_ADDRESS
            RCPT | 552 5.2.2 over quota                        | Rejected    | MAILBOX_FULL
            RCPT | 554 5.7.1 you are listed                    | Rejected    | BLOCKED
            RCPT | 554 5.7.1 Relay access denied               | ChannelDown | AUTHENTICATION
            RCPT | 503 5.5.1 bad sequence                      | Deferred    | PROVIDER_TROUBLE
            DATA | 451 4.3.0 trouble                           | Deferred    | PROVIDER_TROUBLE
            DATA | 554 5.7.1 no                                | Rejected    | CONTENT_REFUSED
            END  | 421 4.3.0 shutting down                     | Deferred    | PROVIDER_TROUBLE
            END  | 452 4.3.1 disk full                         | Deferred    | PROVIDER_TROUBLE
            END  | 552 5.3.4 too big                           | Rejected    | TOO_LARGE
            END  | 552 5.3.4 size exceeds sending limit         | Rejected    | TOO_LARGE
            END  | 554 5.7.1 spam                              | Rejected    | CONTENT_REFUSED
            END  | 552 5.2.2 over quota                        | Rejected    | MAILBOX_FULL
            END  | 354 once more                               | Unknown     | MALFORMED_ANSWER
            END  | 2xx                                         | Unknown     | MALFORMED_ANSWER
            END  | (drop)                                      | Unknown     | CONNECTION_LOST
            END  | (stall)                                     | Unknown     | CONNECTION_LOST
            MAIL | (drop)                                      | Deferred    | CONNECTION_LOST
            RCPT | (drop)                                      | Deferred    | CONNECTION_LOST
            DATA | (drop)                                      | Deferred    | CONNECTION_LOST
            DATA | (stall)                                     | Deferred    | CONNECTION_LOST
            RCPT | hello                                       | Deferred    | MALFORMED_ANSWER
            """)
    void theStepAndTheAnswerDecide(String step, String answer, String outcome, Reason.Code code) {
        for (boolean pipelining : new boolean[] {false, true}) {
            ScriptedSmtp server = server(pipelining).on(step, answer);

            SendOutcome sent = send();

            assertThat(sent.getClass().getSimpleName())
                    .as("%s, pipelining %s", sent, pipelining)
                    .isEqualTo(outcome);
            assertThat(sent.toString()).contains("code=" + code);
            assertThat(server.count("MAIL")).isEqualTo(1);
            assertThat(server.messages.size()).isEqualTo(step.equals("END") ? 1 : 0);
            close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedRecipientLeavesTheConnectionFitForTheNext(boolean pipelining) {
        ScriptedSmtp server = server(pipelining)
                .on("RCPT", "550 5.1.1 nobody")
                .on("DATA", pipelining ? "554 5.5.1 no valid recipients" : "354 go");

        assertThat(send()).isInstanceOf(Rejected.class);
        assertThat(send()).isInstanceOf(Accepted.class);

        assertThat(server.connections).hasValue(1);
        assertThat(server.messages).hasSize(1);
    }

    @Test
    void aServerThatAwaitsAMessageForNobodyGetsNoneAndIsLeft() {
        ScriptedSmtp server = server(true).on("RCPT", "550 5.1.1 nobody");

        assertThat(send()).isInstanceOf(Rejected.class);
        assertThat(send()).isInstanceOf(Accepted.class);

        assertThat(server.connections).hasValue(2);
        assertThat(server.messages).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatTheServerClosedWhileIdleIsReplacedUnnoticed(boolean pipelining) throws IOException {
        ScriptedSmtp server = server(pipelining);
        assertThat(send()).isInstanceOf(Accepted.class);

        server.closeConnections();

        assertThat(send()).isInstanceOf(Accepted.class);
        assertThat(server.connections).hasValue(2);
        assertThat(server.messages).hasSize(2);
    }

    @Test
    void aFreshConnectionThatBreaksIsNotReplaced() {
        ScriptedSmtp server = server(false).always("MAIL", ScriptedSmtp.DROP);

        assertThat(send()).isInstanceOf(Deferred.class);

        assertThat(server.connections).hasValue(1);
    }

    @Test
    void aPooledConnectionThatBreaksAfterTheMessageIsNotReplaced() {
        ScriptedSmtp server = server(true).on("END", "250 2.0.0 Ok: queued as AAAA1", ScriptedSmtp.DROP);
        assertThat(send()).isInstanceOf(Accepted.class);

        assertThat(send()).isInstanceOf(Unknown.class);

        assertThat(server.connections).hasValue(1);
        assertThat(server.messages).hasSize(2);
    }

    @Test
    void aServerWithoutRoomForOneMoreConnectionGetsEverythingOnThoseThatItTook() {
        use(new ScriptedSmtp(), "read-timeout", "10s");
        server.on("CONNECT", "220 prueba ESMTP", "421 4.7.0 too many connections")
                .on("END", ScriptedSmtp.HOLD);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CompletableFuture<SendOutcome> first = CompletableFuture.supplyAsync(this::send, threads);
        await().until(() -> server.messages.size() == 1);
        CompletableFuture<SendOutcome> second = CompletableFuture.supplyAsync(this::send, threads);
        await().until(() -> server.connections.get() == 2);

        server.letGo();

        assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(Accepted.class);
        assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(Accepted.class);
        threads.shutdown();
        assertThat(server.connections).hasValue(2);
        assertThat(server.messages).hasSize(2);
    }

    @Test
    void fewLargeMessagesAreInMemoryAtATime() {
        use(new ScriptedSmtp(), "read-timeout", "30s", "write-timeout", "30s", "connections", "8");
        server.always("EHLO", "250-prueba\r\n250 SIZE 50000000").always("DATA", ScriptedSmtp.STALL);
        RenderedEmail plain = Samples.plainEmail();
        RenderedEmail large = new RenderedEmail(
                plain.subject(),
                plain.html(),
                plain.text(),
                List.of(),
                List.of(new Attachment("informe.pdf", "application/pdf", new byte[15_000_000])),
                null,
                plain.sender());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> adapter.send(Samples.message(large)));
        }

        await().until(() -> server.count("DATA") == 2);
        await().during(Duration.ofMillis(300)).until(() -> server.connections.get() == 2);
        adapter.close();
        server.close();
        threads.shutdownNow();
    }

    @Test
    void manyMessagesShareOneConnectionUntilItsTurnIsOver() {
        use(new ScriptedSmtp(), "messages-per-connection", "3");

        for (int i = 0; i < 6; i++) {
            assertThat(send()).isInstanceOf(Accepted.class);
        }

        assertThat(server.connections).hasValue(2);
        assertThat(server.count("EHLO")).isEqualTo(2);
    }

    @Test
    void theQueueIdAndTheCodeAreTheProviders() {
        server(true);

        assertThat(send()).isEqualTo(new Accepted("4XyZ12", "250 2.0.0"));
    }

    @Test
    void theServersWaitingTimeIsPassedOn() {
        server(true).on("RCPT", "450 4.2.0 Greylisted, try again in 300 seconds");

        assertThat(send()).isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.retryAfter())
                .isEqualTo(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAIL | 550 5.4.5 Daily user sending limit exceeded                                   | PT24H
            RCPT | 550 5.4.5 https://support.google.com/mail/?p=DailyLimitExceeded               | PT24H
            DATA | 550 5.4.5 Daily SMTP relay limit exceeded for user                            | PT24H
            END  | 550 5.1.90 Your message can't be sent because you've reached your daily limit | PT24H
            END  | 550 5.7.233 tenant exceeded its external recipient rate limit                 | PT24H
            RCPT | 452 4.5.3 Daily message limit exceeded                                        | PT24H
            RCPT | 554 5.7.1 Sender address rejected: sending quota exceeded                     | PT24H
            END  | 550 Domain example.org has exceeded the max emails per hour (100/100) allowed | PT1H
            RCPT | 450 4.7.1 sending quota exceeded, try again in 10 minutes                     | PT10M
            """)
    void whenTheAccountMaySendNoMoreNobodyIsRejected(String step, String answer, Duration wait) {
        server(true).on(step, answer);

        assertThat(send()).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.reason().code()).isEqualTo(Reason.Code.QUOTA_SPENT);
            assertThat(deferred.retryAfter()).isEqualTo(wait);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "552 5.2.2 mailbox quota exceeded",
                "552 5.2.2 The recipient's daily quota is exceeded",
                "550 5.1.1 over quota",
                "552 message exceeds the size limit",
                "554 5.7.1 spam limit exceeded"
            })
    void aLimitOfTheRecipientIsNotOurs(String answer) {
        server(true).on("RCPT", answer);

        assertThat(send()).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT | 421 4.3.2 too busy      | ChannelDown | UNREACHABLE
            CONNECT | 554 5.7.1 not you       | ChannelDown | BLOCKED
            CONNECT | * OK IMAP4rev1 listo    | ChannelDown | MALFORMED_ANSWER
            CONNECT | (stall)                 | ChannelDown | UNREACHABLE
            CONNECT | (drop)                  | ChannelDown | UNREACHABLE
            EHLO    | (drop)                  | ChannelDown | UNREACHABLE
            EHLO    | 421 4.3.2 closing       | ChannelDown | UNREACHABLE
            """)
    void troubleWhileConnecting(String step, String answer, String outcome, Reason.Code code) {
        ScriptedSmtp server = server(true).on(step, answer);

        SendOutcome sent = send();

        assertThat(sent.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(sent.toString()).contains("code=" + code);
        assertThat(server.count("MAIL")).isZero();
    }

    @Test
    void withoutStarttlsNothingIsSaid() {
        use(new ScriptedSmtp("AUTH PLAIN"), "security", "starttls", "username", "u", "password", "p");

        assertThat(send()).isInstanceOfSatisfying(ChannelDown.class, down -> {
            assertThat(down.reason().code()).isEqualTo(Reason.Code.TLS);
            assertThat(down.advice()).contains("pregonero.channels.email.port");
        });
        assertThat(server.commands).containsExactly("EHLO pregonero.ejemplo.gov.co");
    }

    @Test
    void aServerWithoutAuthenticationIsNotUsedWithAUser() {
        use(new ScriptedSmtp(), "username", "u", "password", "p");

        assertThat(adapter.check()).isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(
                        failed.reason().code())
                .isEqualTo(Reason.Code.AUTHENTICATION));
        assertThat(server.count("MAIL")).isZero();
    }

    @Test
    void anInternationalLocalPartNeedsAServerThatKnowsIt() {
        ScriptedSmtp server = server(true);

        SendOutcome refused = adapter.send(Samples.message("ñandú@example.org", Samples.plainEmail()));

        assertThat(refused.toString()).contains("INVALID_ADDRESS");
        assertThat(server.count("MAIL")).isZero();
    }

    @Test
    void anInternationalLocalPartIsSaidInUtf8WhereTheServerKnowsIt() {
        use(new ScriptedSmtp("SMTPUTF8"));

        assertThat(adapter.send(Samples.message("ñandú@example.org", Samples.plainEmail())))
                .isInstanceOf(Accepted.class);

        assertThat(server.commands).contains("RCPT TO:<ñandú@example.org>");
        assertThat(server.commands).anyMatch(command -> command.endsWith(" SMTPUTF8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "maria",
                "@example.org",
                "a b@example.org",
                "a@b@example.org>",
                "a@example.org\r\nRCPT TO:<b@c.d>"
            })
    void whatIsNoAddressIsNotOfferedToTheServer(String address) {
        ScriptedSmtp server = server(true);

        assertThat(adapter.send(Samples.message(address, Samples.plainEmail())).toString())
                .contains("INVALID_ADDRESS");

        assertThat(server.connections).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "from, no-es-correo, from",
        "trusted-certificate, /no/existe.pem, trusted-certificate",
        "connections, 0, connections",
        "username, alguien, password",
        "dkim.domain, ejemplo.gov.co, dkim.selector",
    })
    void aWrongSettingIsNamedAndNothingElseHappens(String key, String value, String named) {
        use(new ScriptedSmtp(), key, value);

        assertThat(send()).isInstanceOfSatisfying(ChannelDown.class, down -> {
            assertThat(down.reason().code()).isEqualTo(Reason.Code.CONFIGURATION);
            assertThat(down.advice()).contains("pregonero.channels.email." + named);
        });
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void plaintextLeavesThisMachineOnlyOnRequest() {
        assertThat(Samples.settings(25, "host", "correo.ejemplo.gov.co").problems())
                .singleElement()
                .asString()
                .contains("pregonero.channels.email.security");
        assertThat(Samples.settings(25, "host", "correo.ejemplo.gov.co", "allow-plaintext", "true")
                        .problems())
                .isEmpty();
    }
}
