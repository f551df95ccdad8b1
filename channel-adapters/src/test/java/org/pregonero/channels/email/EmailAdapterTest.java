package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pregonero.channels.email.Samples.CLOCK;
import static org.pregonero.channels.email.Samples.TOKEN;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.OutboundMessage;

/** The contract, towards a server without PIPELINING. */
class EmailAdapterTest extends ChannelAdapterContract {

    private final ScriptedSmtp server = new ScriptedSmtp(extensions());
    private final EmailAdapter adapter = new EmailAdapter(
            Samples.settings(
                    server.port(),
                    "username",
                    "pregonero-usuario",
                    "password",
                    "clave-muy-secreta",
                    "bounces.address",
                    "rebotes@ejemplo.gov.co"),
            CLOCK);

    String[] extensions() {
        return new String[] {"AUTH PLAIN"};
    }

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        switch (situation) {
            case ACCEPTED -> {}
            case REJECTED ->
                server.on("RCPT", "550 5.1.1 <maria.nanez@example.org>: maria.nanez unknown, María Ñáñez?");
            case RATE_LIMITED -> server.on("RCPT", "450 4.7.1 maria.nanez@example.org: too many messages");
            case PROVIDER_TROUBLE -> server.on("END", "451 4.3.0 local error");
            case UNREACHABLE -> server.close();
            case TIMEOUT_BEFORE_HANDOVER -> server.on("MAIL", ScriptedSmtp.STALL);
            case TIMEOUT_AFTER_HANDOVER -> server.on("END", ScriptedSmtp.STALL);
            case MALFORMED_ANSWER -> server.on("END", "¿qué?");
            case BAD_CREDENTIALS ->
                server.always("AUTH", "535 5.7.8 bad password clave-muy-secreta for pregonero-usuario");
        }
        return adapter;
    }

    @Override
    protected OutboundMessage message() {
        return Samples.message(Samples.plainEmail());
    }

    @Override
    protected int handovers() {
        return (int) server.count("DATA");
    }

    @Override
    protected List<String> privateTexts() {
        return List.of(
                "maria.nanez",
                "example.org",
                "Ñáñez",
                "acompáñenos",
                "acomp=C3",
                "rendición",
                "clave-muy-secreta",
                "cHJlZ29uZXJv",
                "pregonero-usuario",
                "/baja/abc");
    }

    @Override
    protected void assertExactRequest() {
        assertThat(server.commands)
                .filteredOn(command -> !command.startsWith("AUTH"))
                .satisfiesExactly(
                        ehlo -> assertThat(ehlo).isEqualTo("EHLO pregonero.ejemplo.gov.co"),
                        mail -> assertThat(mail)
                                .matches("MAIL FROM:<rebotes\\+" + TOKEN + "@ejemplo\\.gov\\.co> SIZE=\\d+"),
                        rcpt -> assertThat(rcpt).isEqualTo("RCPT TO:<maria.nanez@example.org>"),
                        data -> assertThat(data).isEqualTo("DATA"));
        assertThat(server.messages).singleElement().asString().isEqualTo("""
                        From: =?UTF-8?B?QWxjYWxkw61hIGRlIEVqZW1wbG8=?=
                         <comunicaciones@ejemplo.gov.co>
                        To: =?UTF-8?B?TWFyw61hIMORw6HDsWV6?= <maria.nanez@example.org>
                        Subject: =?UTF-8?B?SW52aXRhY2nDs246IHJlbmRpY2nDs24gZGUgY3VlbnRhcyDwn46J?=
                        Date: Thu, 5 Nov 2026 14:00:00 +0000
                        Message-ID: <TOKEN@ejemplo.gov.co>
                        Auto-Submitted: auto-generated
                        List-Unsubscribe: <https://difusion.ejemplo.gov.co/baja/abc>
                        List-Unsubscribe-Post: List-Unsubscribe=One-Click
                        MIME-Version: 1.0
                        Content-Type: multipart/alternative;
                        \tboundary="=_TOKEN.3"

                        --=_TOKEN.3
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: quoted-printable

                        Se=C3=B1ora =C3=91=C3=A1=C3=B1ez, acomp=C3=A1=C3=B1enos.
                        =2Epunto al comienzo
                        --=_TOKEN.3
                        Content-Type: text/html; charset=UTF-8
                        Content-Transfer-Encoding: quoted-printable

                        <p>Se=C3=B1ora =C3=91=C3=A1=C3=B1ez, acomp=C3=A1=C3=B1enos.</p>
                        --=_TOKEN.3--
                        """.replace("TOKEN", TOKEN.toString())
                .replace("\n", "\r\n"));
    }
}
