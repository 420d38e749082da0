package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.people.Scope;
import org.tocsin.web.ProcessingRegister;

/** The register of processing, to be read and printed. */
final class ProcessingPage {
    private final ProcessingRegister register;
    private final Templates templates;

    ProcessingPage(DeskParts parts, Templates templates) {
        this.register = parts.signUp().processing();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get(
                "/desk/rights/register",
                Scope.READ,
                visit -> templates.page(200, "processing", visit, "sections", register.sections(visit.locale()))));
    }
}
