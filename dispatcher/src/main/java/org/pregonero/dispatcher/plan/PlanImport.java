package org.pregonero.dispatcher.plan;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
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
    private final AuditTrail audit;
    private final TransactionOperations transaction;

    PlanImport(TableReader tables, PlanRepository plans, AuditTrail audit, TransactionOperations transaction) {
        this.tables = tables;
        this.plans = plans;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Reads a plan and, unless it is only to be looked at, stores it. The same file again is the same plan.
     *
     * @throws org.pregonero.dispatcher.tabular.UnreadableFileException if the file holds no plan that can be read
     */
    public ImportedPlan run(UploadedFile file, boolean apply, Actor actor) {
        PlanProposal proposal = look(file, PlanCorrections.NONE);
        return new ImportedPlan(apply ? store(file, proposal, actor) : null, proposal, apply);
    }

    /**
     * What a file is understood to say. Stores nothing.
     *
     * @throws org.pregonero.dispatcher.tabular.UnreadableFileException if the file holds no plan that can be read
     */
    public PlanProposal look(UploadedFile file, PlanCorrections corrections) {
        String fallback = file.name().replaceFirst("\\.[A-Za-z]{2,4}$", "");
        PlanProposal proposal =
                new PlanTable(tables.read(file, PlanColumns::understands), corrections).proposal(fallback);
        return corrections.name() == null ? proposal : proposal.named(corrections.name());
    }

    /** The plan that was made of exactly this file, if there is one. */
    public Optional<PlanSummary> known(String sha256) {
        return plans.bySource(sha256);
    }

    /**
     * Stores what a file says, as corrected. The same file again is the same plan.
     *
     * @return the plan's number
     */
    public long take(UploadedFile file, PlanCorrections corrections, Actor actor) {
        return store(file, look(file, corrections), actor);
    }

    private long store(UploadedFile file, PlanProposal proposal, Actor actor) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = plans.save(file, proposal);
            audit.record(
                    actor,
                    "plan.import",
                    "plan/" + id,
                    null,
                    Map.of(
                            "file",
                            file.name(),
                            "sha256",
                            file.sha256(),
                            "actions",
                            proposal.actions().size()));
            return id;
        }));
    }
}
