package org.pregonero.dispatcher.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pregonero.dispatcher.inbound.ReplyReading.Meaning;

class ReplyReadingTest {

    static Stream<String> optOuts() {
        return """
                BAJA
                baja
                Baja.
                bajaaa
                vaja
                Baja por favor
                BAJA ya!!
                Buenas tardes, BAJA, gracias
                baja de la lista
                STOP
                stop stop
                Stop mensajes
                CANCELAR
                canselar
                Cancelar suscripción
                cancelen estos mensajes
                salir
                No más
                no mas mensajes
                no + msj
                No más mensajes por favor
                no más publicidad
                No quiero más
                no quiero mas
                no quiero más mensajes
                No quiero recibir mas mensajes
                no kiero recivir mas sms
                No deseo recibir más información
                ya no quiero recibir nada de ustedes
                no quiero que me escriban más
                No me interesa recibir mensajes
                no me escriban mas
                No me escriba más por favor
                no me envíen mas mensajes
                por favor no me manden más correos
                no vuelvan a escribirme
                no me molesten más
                dejen de molestar
                Dejen de mandar mensajes!!
                dejen de escribirme
                denme de baja
                Deme de baja por favor
                denen de baja
                quiero darme de baja
                Buenos días, me pueden dar de baja de la lista?
                ¿cómo me doy de baja?
                solicito la baja
                sáquenme de esta lista
                saquenme de la base de datos
                me sacan... mejor me saquen de la lista
                quítenme de la lista de difusión
                Por favor borren mi número
                eliminen mis datos
                pueden eliminar mi numero de su base?
                quiero salirme de este grupo
                desuscribirme
                desuscribir
                unsubscribe
                No autorizo el uso de mis datos
                """.lines();
    }

    static Stream<String> yes() {
        return """
                SÍ
                si
                Sí.
                siiii
                Si señor
                Sí, gracias
                sí asistiré
                Si asistire
                asistiré
                asitiré
                Confirmo
                confirmo mi asistencia
                Comfirmo asistencia
                Confirmado
                claro que sí
                de una
                Allá estaré
                Ahí estaremos
                cuenten conmigo
                Buenas noches, sí voy
                Sí, voy con mi esposa
                listo, allá estaré, muchas gracias
                Con mucho gusto asistiré
                ahí nos vemos
                """.lines();
    }

    static Stream<String> no() {
        return """
                NO
                no
                No.
                Nooo
                No gracias
                No, gracias
                no puedo
                No puedo ir
                no podré asistir
                No asistiré
                no voy
                No voy a poder ese día
                lo siento, no puedo
                Buenos días, no me es posible asistir
                No me interesa
                Qué pena, no alcanzo
                cancelo mi asistencia
                No podemos ir, estamos de viaje
                me queda imposible
                """.lines();
    }

    static Stream<String> forTheOffice() {
        return """
                ¿La reunión se va a cancelar?
                la reunion se va a cancelar?
                se cancela si llueve?
                Cancelaron la audiencia?
                ¿Se puede cancelar?
                ¿A qué hora es?
                Ok
                Gracias
                listo
                👍
                Quién es?
                Hola
                si llueve, ¿se hace la reunión?
                Si me dan transporte voy
                Sí, pero no puedo ir
                no puedo abrir el enlace
                No me llegó el link
                No entiendo
                No quiero más corrupción en este municipio
                no más trancones, arreglen la vía
                No quiero recibir la invitación en papel, ¿me la mandan por aquí?
                Por favor no me escriban en la noche
                no quiero darme de baja
                No me saquen de la lista por favor
                ¿Cuándo baja la tarifa del agua?
                La presión del agua está muy baja
                baja la presión del agua todos los días en mi barrio
                me sacaron de la lista de beneficiarios, ¿por qué?
                saquen los escombros de la calle
                Quiero la baja de la tarifa del agua
                a mi esposo lo dieron de baja del ejército, ¿puede pedir el subsidio?
                No voy a votar por ustedes
                ¿no puedo ir con mi hijo?
                Nunca cumplen lo que prometen
                cómo cancelo el recibo del acueducto?
                quiero cancelar mi cita del jueves
                quiero hacer una pregunta sobre el presupuesto
                No hay parada de bus en la vereda
                ¿Van a parar las obras?
                """.lines();
    }

    @ParameterizedTest
    @MethodSource
    void optOuts(String text) {
        assertThat(ReplyReading.of(text).meaning()).isEqualTo(Meaning.OPT_OUT);
    }

    @ParameterizedTest
    @MethodSource
    void yes(String text) {
        assertThat(ReplyReading.of(text).meaning()).isEqualTo(Meaning.YES);
    }

    @ParameterizedTest
    @MethodSource
    void no(String text) {
        assertThat(ReplyReading.of(text).meaning()).isEqualTo(Meaning.NO);
    }

    @ParameterizedTest
    @MethodSource
    void forTheOffice(String text) {
        assertThat(ReplyReading.of(text).meaning()).isEqualTo(Meaning.OTHER);
    }

    @ParameterizedTest
    @MethodSource
    void answersWithMore(String text) {
        assertThat(ReplyReading.of(text)).isEqualTo(new ReplyReading(Meaning.YES, true));
    }

    static Stream<String> answersWithMore() {
        return Stream.of(
                "Sí, ¿a qué hora es?", "Sí asistiré. ¿Hay parqueadero?", "Confirmo. Tengo una duda sobre el acueducto");
    }
}
