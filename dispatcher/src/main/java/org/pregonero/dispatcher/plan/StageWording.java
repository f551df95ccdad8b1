package org.pregonero.dispatcher.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Words;

/** What an institution's own name of a stage seems to mean in the words of the manual. */
final class StageWording {

    private static final Map<ManualStage, List<String>> STAGES = inOrder();
    private static final Map<Element, List<String>> ELEMENTS = Map.of(
            Element.INFORMACION, List.of("informacion", "difusion"),
            Element.DIALOGO, List.of("dialogo", "interaccion", "participacion", "audiencia"),
            Element.RESPONSABILIDAD, List.of("responsabilidad", "incentivo", "evaluacion", "seguimiento"));

    private StageWording() {}

    static @Nullable ManualStage manual(String stage) {
        return first(STAGES, stage);
    }

    static @Nullable Element element(String stage) {
        return first(ELEMENTS, stage);
    }

    /** The one whose word comes first in the name: "Difusión e interacción" informs, before it talks. */
    private static <K> @Nullable K first(Map<K, List<String>> words, String name) {
        String folded = " " + Words.fold(name);
        @Nullable K best = null;
        int earliest = Integer.MAX_VALUE;
        for (Map.Entry<K, List<String>> entry : words.entrySet()) {
            for (String word : entry.getValue()) {
                int at = folded.indexOf(" " + word);
                if (at >= 0 && at < earliest) {
                    earliest = at;
                    best = entry.getKey();
                }
            }
        }
        return best;
    }

    private static Map<ManualStage, List<String>> inOrder() {
        Map<ManualStage, List<String>> stages = new LinkedHashMap<>();
        stages.put(ManualStage.APRESTAMIENTO, List.of("aprestamiento", "alistamiento", "sensibilizacion"));
        stages.put(ManualStage.DISENO, List.of("diseno", "planeacion", "formulacion"));
        stages.put(ManualStage.PREPARACION, List.of("preparacion", "convocatoria"));
        stages.put(ManualStage.EJECUCION, List.of("ejecucion", "lanzamiento", "implementacion", "antes", "durante"));
        stages.put(ManualStage.SEGUIMIENTO, List.of("seguimiento", "evaluacion", "monitoreo", "despues"));
        return stages;
    }
}
