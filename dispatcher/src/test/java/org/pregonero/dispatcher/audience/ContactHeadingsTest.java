package org.pregonero.dispatcher.audience;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactHeadingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Autoriza                                      | AUTHORISATION
                    Sí autoriza                                   | AUTHORISATION
                    Autoriza (Sí/No)                              | AUTHORISATION
                    Autoriza: 1 = sí, 2 = no                      | AUTHORISATION
                    ¿Autoriza o no autoriza?                      | AUTHORISATION
                    Autoriza correo                               | AUTHORISATION
                    Acepta tratamiento de datos                   | AUTHORISATION
                    ¿Acepta recibir mensajes por WhatsApp?        | AUTHORISATION
                    ¿Autoriza a la Alcaldía el tratamiento de sus datos personales según la Ley 1581 de 2012? | AUTHORISATION
                    Para inscribirse, lea la política en la página web de la Alcaldía y responda a la fecha: ¿autoriza el tratamiento de sus datos? Si no autoriza, no podremos escribirle; puede ser revocada en datos@alcaldia.gov.co | AUTHORISATION
                    No autoriza                                   | REFUSAL
                    Autoriza NO                                   | REFUSAL
                    Ya no autoriza                                | REFUSAL
                    Marque X si no autoriza                       | REFUSAL
                    No acepta el tratamiento de datos             | REFUSAL
                    Revocó autorización                           | REFUSAL
                    Autorización retirada                         | REFUSAL
                    Fecha de revocatoria de la autorización       | REFUSAL
                    No desea recibir correos                      | REFUSAL
                    No contactar                                  | REFUSAL
                    Se dio de baja                                | REFUSAL
                    Persona de baja visión                        | NAME
                    Autoriza uso de imagen                        |
                    Autorización para fotografías y videos        |
                    Autoriza datos de menores                     |
                    No autoriza uso de imagen                     |
                    No. de autorización                           |
                    Número autorización                           |
                    Acepta                                        |
                    ¿Acepta participar en el foro?                |
                    Consent                                       | AUTHORISATION
                    ¿Acepta ser contactado por WhatsApp?          | AUTHORISATION
                    Acepta los términos y la política de privacidad | AUTHORISATION
                    ¿Acepta que le enviemos información?          | AUTHORISATION
                    ¿Acepta que la Alcaldía de Manizales le envíe mensajes? | AUTHORISATION
                    ¿Acepta el uso de sus datos?                  | AUTHORISATION
                    ¿Aceptó la invitación enviada por correo?     |
                    ¿Acepta asistir? Confirmar por WhatsApp       |
                    Aceptó el contacto                            |
                    ¿Acepta participar en la mesa de datos abiertos? |
                    Acepta términos y condiciones                 |
                    No acepta                                     | REFUSAL
                    No: Acepta términos y condiciones             | REFUSAL
                    Sí: Acepta                                    |
                    Autorización uso de datos personales e imagen | AUTHORISATION
                    Autorizo el tratamiento de mis datos personales y el uso de mi imagen | AUTHORISATION
                    Autorización tratamiento de datos e imagen (fotografías y video) | AUTHORISATION
                    No autoriza el uso de sus datos ni de su imagen | REFUSAL
                    Autoriza imagen y datos personales de sus hijos menores |
                    Autorización tratamiento de datos personales. Podrá ser revocada | AUTHORISATION
                    Autorización: otorgada / no otorgada          | AUTHORISATION
                    Consentimiento (vigente / revocado)           | AUTHORISATION
                    Autoriza (S/NO)                               | AUTHORISATION
                    Autorización de tratamiento de datos revocada | REFUSAL
                    No desea ser contactado                       | REFUSAL
                    No contactado                                 |
                    Contactado / No contactado                    |
                    Autorizado por                                |
                    Evidencia autorizada                          |
                    Soporte de autorización                       |
                    Medio de autorización                         |
                    Observaciones de autorización                 |
                    Autorización negada                           | REFUSAL
                    Autorización denegada                         | REFUSAL
                    Autorización rechazada                        | REFUSAL
                    Autorización cancelada                        | REFUSAL
                    Autorización vencida                          | REFUSAL
                    Autorización no vigente                       | REFUSAL
                    Autorización no firmada                       | REFUSAL
                    Autorización no recibida                      | REFUSAL
                    Negó autorización                             | REFUSAL
                    Niega autorización                            | REFUSAL
                    Rechazó el tratamiento de datos               | REFUSAL
                    Anuló autorización                            | REFUSAL
                    Sin autorización                              | REFUSAL
                    Sin consentimiento                            | REFUSAL
                    Revocación de la autorización                 | REFUSAL
                    Fecha de rechazo de la autorización           | REFUSAL
                    Fecha de revocación de la autorización        | REFUSAL
                    Fecha de negación de la autorización          | REFUSAL
                    Fecha de cancelación de la autorización       | REFUSAL
                    Retiró autorización, no se puede contactar    | REFUSAL
                    Autorización revocada / no se puede contactar | REFUSAL
                    Pendiente de autorización                     |
                    Autorización pendiente                        |
                    Falta autorización                            |
                    Solicitar autorización                        |
                    Se solicitó autorización                      |
                    Solicitamos su autorización para el tratamiento de sus datos | AUTHORISATION
                    Autorización de datos. Puede en cualquier momento revocarla | AUTHORISATION
                    Autorización (vigente / vencida)              | AUTHORISATION
                    Autorización para el tratamiento de datos de contacto en redes de negocios | AUTHORISATION
                    Autorización uso de imagen según la política de tratamiento de datos personales |
                    Autorizo el uso de mi imagen conforme a la ley de protección de datos |
                    Autorización uso de imagen (Ley 1581 - datos personales) |
                    Autorización de fotos y videos - protección de datos |
                    Autorización tratamiento de datos personales del menor |
                    Autoriza datos del menor                      |
                    Autorización de datos personales (menor de edad) |
                    Consentimiento del menor para tratamiento de datos |
                    Autorización de datos de niños, niñas y adolescentes |
                    Autoriza el tratamiento de los datos de sus hijos |
                    Autorización del acudiente                    |
                    Acepto que la información suministrada es verídica |
                    Acepta que los datos suministrados son ciertos |
                    ¿Acepta que el supervisor le envíe el contrato? |
                    Acepta la notificación del comparendo         |
                    Autoriza descuento                            |
                    Autorización de ingreso                       |
                    Autoriza visita                               |
                    Consentimiento informado vacuna               |
                    Autorización centrales de riesgo              |
                    Folio autorización                            |
                    Consecutivo autorización                      |
                    Versión autorización                          |
                    Radicado autorización                         |
                    Link autorización                             |
                    Formato autorización                          |
                    Archivo autorización                          |
                    Nombre de quien autoriza                      |
                    Cargo de quien autoriza                       |
                    Persona que autoriza                          |
                    Autorizo el tratamiento de los datos suministrados | AUTHORISATION
                    Autorizo el tratamiento de mis datos según la Ley 1581 | AUTHORISATION
                    Autorización Ley 1581 de 2012                 | AUTHORISATION
                    No: Acepta (Sí/No)                            | REFUSAL
                    No: ¿Acepta usted?                            | REFUSAL
                    No: Usted acepta                              | REFUSAL
                    No: Acepta (S/N)                              | REFUSAL
                    No acepta (Sí/No)                             | REFUSAL
                    No: Acepta la política                        | REFUSAL
                    No: ¿Acepta o no acepta?                      | REFUSAL
                    Acepta la política                            |
                    Aceptación de términos y condiciones          |
                    ¿Acepta o no acepta?                          |
                    Aceptación                                    |
                    No desea correos                              | REFUSAL
                    No desea más correos                          | REFUSAL
                    No quiere WhatsApp                            | REFUSAL
                    No quiere mensajes                            | REFUSAL
                    No desea información                          | REFUSAL
                    No me contacten                               | REFUSAL
                    Revocación                                    | REFUSAL
                    Fecha de revocación                           | REFUSAL
                    Desuscrito                                    | REFUSAL
                    Canceló suscripción                           | REFUSAL
                    Rechaza                                       | REFUSAL
                    Do not contact                                | REFUSAL
                    Correo no autorizado                          | REFUSAL
                    Rechazos                                      |
                    Enlace para desuscribirse                     |
                    Rechazado por                                 |
                    Correo autorizado (Sí/No)                     | AUTHORISATION
                    Correo: autoriza                              | AUTHORISATION
                    Autorización firmada / no firmada             | AUTHORISATION
                    Autorización recibida o no recibida           | AUTHORISATION
                    Autorizado / Negado                           | AUTHORISATION
                    Autorización con/sin firma                    | AUTHORISATION
                    Autorización no diligenciada                  | REFUSAL
                    Autorización no vigente (no firmada)          | REFUSAL
                    """)
    void onlyAYesToTheUseOfTheDataIsAnAuthorisation(String heading, @Nullable ContactField field) {
        assertThat(ContactHeadings.field(heading).orElse(null)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Fecha                                 | AUTHORISED_ON
                    Marca temporal                        | AUTHORISED_ON
                    Fecha autorización                    | AUTHORISED_ON
                    Fecha en que autorizó                 | AUTHORISED_ON
                    Fecha de firma                        | AUTHORISED_ON
                    Fecha de registro                     | AUTHORISED_ON
                    Consent date                          | AUTHORISED_ON
                    Fecha (dd/mm/aaaa)                    | AUTHORISED_ON
                    Fecha y hora                          | AUTHORISED_ON
                    Fecha/hora                            | AUTHORISED_ON
                    Fecha de registro (dd/mm/aaaa)        | AUTHORISED_ON
                    Fecha de inscripción                  | AUTHORISED_ON
                    Fecha de diligenciamiento del formulario | AUTHORISED_ON
                    Fecha habeas data                     | AUTHORISED_ON
                    Fecha de aceptación                   | AUTHORISED_ON
                    Fecha aceptación                      | AUTHORISED_ON
                    Fecha firma                           | AUTHORISED_ON
                    Fecha de la firma                     | AUTHORISED_ON
                    Fecha de suscripción                  | AUTHORISED_ON
                    Fecha de nacimiento (dd/mm/aaaa)      |
                    Fecha de inscripción al evento        |
                    Fecha de nacimiento                   |
                    Fecha de expedición                   |
                    Fecha de ingreso a la entidad         |
                    Fecha del evento                      |
                    Fecha de firma del contrato           |
                    Fecha de retiro                       |
                    Fecha de vencimiento de la autorización |
                    Fecha fin de autorización             |
                    Autorización: fecha hasta             |
                    Fecha final de autorización           |
                    Fecha de solicitud de autorización    |
                    Timestamp                                     | AUTHORISED_ON
                    Hora de finalización                          | AUTHORISED_ON
                    Completion time                               | AUTHORISED_ON
                    Timestamp (fecha y hora)                      | AUTHORISED_ON
                    Hora de finalización del evento               |
                    Hora de inicio                                |
                    Timestamp de la llamada                       |
                    """)
    void onlyTheDayOfTheAuthorisationProvesIt(String heading, @Nullable ContactField field) {
        assertThat(ContactHeadings.field(heading).orElse(null)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Correo electrónico de contacto                | EMAIL
                    Cuenta de correo                              | EMAIL
                    Correo personal (si tiene)                    | EMAIL
                    Correo al que desea recibir la información    | EMAIL
                    E-mail 1 - Value                              | EMAIL
                    Celular con WhatsApp                          | PHONE
                    Phone 1 - Value                               | PHONE
                    Tipo de correo electrónico                    |
                    E-mail 1 - Label                              |
                    Phone 1 - Label                               |
                    ¿Tiene WhatsApp?                              |
                    Grupo de WhatsApp                             |
                    ¿Desea recibir noticias por correo?           |
                    Organization 1 - Type                         |
                    Nombre para mostrar del correo electrónico    | NAME
                    Nombre de la JAC                              | ORGANISATION
                    Nombre de la entidad a la que pertenece       | ORGANISATION
                    Nombre de la dependencia                      | ORGANISATION
                    Nombre dependencia                            | ORGANISATION
                    Nombre de la oficina                          | ORGANISATION
                    Nombre de la empresa u organización           | ORGANISATION
                    Nombre del representante legal                | NAME
                    Nombre del grupo de interés                   | GROUP
                    Nombre del cargo                              | POSITION
                    Nombre del evento                             |
                    Nombre de usuario                             |
                    Tipo de persona                               |
                    Tipo de entidad                               |
                    Tipo de población                             | GROUP
                    Correo autorizado                             | EMAIL
                    Correo autorizado para notificación           | EMAIL
                    Correo electrónico autorizado                 | EMAIL
                    Correo empresa                                | EMAIL
                    Correo de la empresa                          | EMAIL
                    Correo entidad                                | EMAIL
                    Correo de la organización                     | EMAIL
                    Email de la entidad                           | EMAIL
                    Correo contacto                               | EMAIL
                    Correo del contacto                           | EMAIL
                    Correo del beneficiario                       | EMAIL
                    Correo del ciudadano                          | EMAIL
                    Correos de las entidades                      | EMAIL
                    Celular autorizado                            | PHONE
                    Teléfono autorizado                           | PHONE
                    Teléfono de la institución                    | PHONE
                    Teléfono de la dependencia                    | PHONE
                    Celular de la organización                    | PHONE
                    Celular del contacto                          | PHONE
                    Celular del beneficiario                      | PHONE
                    Teléfono del beneficiario                     | PHONE
                    Teléfono contacto                             | PHONE
                    Celular de la persona                         | PHONE
                    Cargo en la entidad                           | POSITION
                    Cargo del contacto                            | POSITION
                    Tipo de correo de la entidad                  |
                    Fecha del correo de la entidad                |
                    Nombre del medio                              | ORGANISATION
                    Nombre de la emisora                          | ORGANISATION
                    Nombre del canal                              | ORGANISATION
                    Nombre del periódico                          | ORGANISATION
                    Nombre de la JAL                              | ORGANISATION
                    Nombre de Asojuntas                           | ORGANISATION
                    Nombre de la Secretaría                       | ORGANISATION
                    Nombre del área                               | ORGANISATION
                    Nombre de la sede                             | ORGANISATION
                    Nombre del resguardo                          | ORGANISATION
                    Nombre del cabildo                            | ORGANISATION
                    Nombre de la iglesia                          | ORGANISATION
                    Nombre del sindicato                          | ORGANISATION
                    Nombre del establecimiento                    | ORGANISATION
                    Nombre de la actividad                        |
                    Nombre de la localidad                        |
                    Nombre de la obra                             |
                    Nombre del contrato                           |
                    Nombre del corregimiento                      |
                    Nombre de la zona                             |
                    Nombre del menor                              |
                    Nombre / Entidad                              | NAME
                    Nombre/Organización                           | NAME
                    """)
    void aWordAloneDoesNotTellWhatAColumnSays(String heading, @Nullable ContactField field) {
        assertThat(ContactHeadings.field(heading).orElse(null)).isEqualTo(field);
    }
}
