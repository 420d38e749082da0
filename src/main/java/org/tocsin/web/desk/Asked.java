package org.tocsin.web.desk;

import java.util.List;
import java.util.Optional;
import org.tocsin.audience.Period;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.base.FaultException;

/**
 * The period that a page of the audience was asked for.
 *
 * @param choice {@code 7}, {@code 30}, {@code 90}, {@code 365}, {@code all}, or {@code own} for any other
 */
public record Asked(Period period, String choice) {
    /** What is offered beside any other. */
    public static final List<String> CHOICES = List.of("7", "30", "90", "365", "all");

    private static final String USUAL = "90";

    /** @param faults told of a period that cannot be read; the usual one stands in for it */
    static Asked of(Visit visit, Audiences audiences, List<String> faults) {
        Optional<String> from = visit.query("from");
        Optional<String> to = visit.query("to");
        if (from.isPresent() || to.isPresent()) {
            try {
                return new Asked(audiences.period(from, to), "own");
            } catch (FaultException e) {
                faults.addAll(visit.said(e));
            }
        }
        String choice = visit.query("days").filter(CHOICES::contains).orElse(USUAL);
        return new Asked(
                choice.equals("all")
                        ? audiences.everything(visit.actor())
                        : Period.last(Integer.parseInt(choice), audiences.today()),
                choice);
    }

    /** @return what asks for it again, behind the question mark */
    public String query() {
        return choice.equals("own") ? "from=" + period.from() + "&to=" + period.to() : "days=" + choice;
    }

    /** @return its fields, for a form that asks for something else as well */
    public List<Choice> fields() {
        return choice.equals("own")
                ? List.of(
                        new Choice("from", period.from().toString()),
                        new Choice("to", period.to().toString()))
                : List.of(new Choice("days", choice));
    }
}
