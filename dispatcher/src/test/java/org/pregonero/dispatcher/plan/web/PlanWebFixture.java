package org.pregonero.dispatcher.plan.web;

import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.plan.PlanImport;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.tabular.web.TabularWebFixture;
import org.springframework.test.web.servlet.MockMvc;

/** The module's own controller over HTTP, without the rest of the application. */
public final class PlanWebFixture {

    private PlanWebFixture() {}

    public static MockMvc mvc(PlanImport planImport, Plans plans, PlanEvents events) {
        return TabularWebFixture.mvc(new PlanController(planImport, plans, events));
    }
}
