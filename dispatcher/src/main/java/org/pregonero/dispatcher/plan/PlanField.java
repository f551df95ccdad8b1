package org.pregonero.dispatcher.plan;

import java.util.List;

/** What a column of a plan table can say, and the ways its heading is written. */
public enum PlanField {
    STAGE("etapa", "etapas", "fase", "fases", "componente", "subcomponente", "elemento", "momento", "stage"),
    SCOPE("alcance", "ambito", "tipo de comunicacion", "interno externo", "scope"),
    NAME(
            "nombre",
            "nombre de la accion",
            "nombre de la actividad",
            "actividad",
            "actividades",
            "accion",
            "acciones",
            "accion de comunicacion",
            "medio",
            "medios",
            "medio de comunicacion",
            "canal",
            "canal de comunicacion",
            "estrategia",
            "pieza",
            "action",
            "activity"),
    DESCRIPTION(
            "descripcion",
            "detalle",
            "detalle de la actividad",
            "descripcion de la actividad",
            "mensaje",
            "contenido",
            "description"),
    AUDIENCE(
            "publico",
            "publicos",
            "publico objetivo",
            "poblacion objetivo",
            "poblacion",
            "audiencia",
            "audiencias",
            "audiencia objetivo",
            "grupo de interes",
            "grupos de interes",
            "grupo de valor",
            "dirigido a",
            "destinatario",
            "destinatarios",
            "audience"),
    FREQUENCY(
            "frecuencia",
            "periodicidad",
            "mes",
            "fecha",
            "fechas",
            "cronograma",
            "cuando",
            "fecha programada",
            "fecha de ejecucion",
            "duracion",
            "tiempo",
            "plazo",
            "frequency",
            "date"),
    RESPONSIBLE(
            "responsable",
            "responsables",
            "encargado",
            "encargados",
            "dependencia responsable",
            "area responsable",
            "a cargo de",
            "responsible"),
    INDICATOR(
            "indicador",
            "indicadores",
            "meta",
            "meta de producto",
            "meta o producto",
            "meta de producto indicador",
            "meta producto",
            "medio de verificacion",
            "medios de verificacion",
            "producto",
            "entregable",
            "indicator");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> synonyms;

    PlanField(String... synonyms) {
        this.synonyms = List.of(synonyms);
    }

    List<String> synonyms() {
        return synonyms;
    }
}
