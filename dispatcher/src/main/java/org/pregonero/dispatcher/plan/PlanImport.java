package org.pregonero.dispatcher.plan;

import java.util.Objects;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes in a plan table. */
@Service
public class PlanImport {

    static final Texts TEXTS = new Texts("plan");

    private final TableReader tables;
    private final PlanRepository plans;
    private final TransactionOperations transaction;

    PlanImport(TableReader tables, PlanRepository plans, TransactionOperations transaction) {
        this.tables = tables;
        this.plans = plans;
        this.transaction = transaction;
    }

    /**
     * Reads a plan and, unless it is only to be looked at, stores it. The same file again is the same plan.
     *
     * @throws org.pregonero.dispatcher.tabular.UnreadableFileException if the file holds no plan that can be read
     */
    public ImportedPlan run(UploadedFile file, boolean apply) {
        PlanTable table = new PlanTable(tables.read(file));
        String title = table.title();
        String name = title.isEmpty() ? file.name().replaceFirst("\\.[A-Za-z]{2,4}$", "") : title;
        if (!apply) {
            return new ImportedPlan(null, name, table.actions(), table.doubts(), false);
        }
        Long id = transaction.execute(status -> plans.save(name, file.name(), file.sha256(), table.actions()));
        return new ImportedPlan(Objects.requireNonNull(id), name, table.actions(), table.doubts(), true);
    }
}
