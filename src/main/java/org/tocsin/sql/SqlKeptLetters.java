package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.subscriber.KeptLetter;
import org.tocsin.subscriber.KeptLetters;
import org.tocsin.subscriber.Subscriber.Reach;

/** A person's letters in SQL: those of newsletters, those about his sign-up, and what came back of either. */
public final class SqlKeptLetters implements KeptLetters {
    private final SqlNewsletters newsletters;

    public SqlKeptLetters() {
        this.newsletters = new SqlNewsletters();
    }

    @Override
    public List<KeptLetter> of(Tx tx, String subscriberId, String language) {
        Map<String, List<KeptLetter.Back>> back = back(tx, subscriberId);
        List<KeptLetter> letters = new ArrayList<>(handle(tx)
                .createQuery("select id, newsletter_id, reach, state, coalesce(first_at, changed_at) as at from"
                        + " newsletter_send where subscriber_id = :subscriber")
                .bind("subscriber", subscriberId)
                .map((row, context) -> letter(
                        row,
                        KeptLetter.About.NEWSLETTER,
                        subject(tx, row.getString("newsletter_id"), language),
                        Reach.valueOf(row.getString("reach")),
                        back))
                .list());
        letters.addAll(handle(tx)
                .createQuery("select id, kind, state, created_at as at from sign_up_mail where subscriber_id ="
                        + " :subscriber")
                .bind("subscriber", subscriberId)
                .map((row, context) ->
                        letter(row, KeptLetter.About.valueOf(row.getString("kind")), null, Reach.MAIL, back))
                .list());
        letters.sort(Comparator.comparing(KeptLetter::at));
        return List.copyOf(letters);
    }

    private @Nullable String subject(Tx tx, String newsletterId, String language) {
        return newsletters
                .find(tx, newsletterId)
                .map(newsletter -> newsletter.text(language))
                .map(Newsletter.Text::subject)
                .orElse(null);
    }

    private static Map<String, List<KeptLetter.Back>> back(Tx tx, String subscriberId) {
        Map<String, List<KeptLetter.Back>> back = new HashMap<>();
        handle(tx)
                .createQuery("select send_id, at, kind, status from bounce where subscriber_id = :subscriber order by"
                        + " id")
                .bind("subscriber", subscriberId)
                .map((row, context) -> Map.entry(
                        row.getString("send_id"),
                        new KeptLetter.Back(
                                Micros.get(row, "at"),
                                KeptLetter.Kind.valueOf(row.getString("kind")),
                                row.getString("status"))))
                .forEach(one -> back.computeIfAbsent(one.getKey(), _ -> new ArrayList<>())
                        .add(one.getValue()));
        return back;
    }

    private static KeptLetter letter(
            ResultSet row,
            KeptLetter.About about,
            @Nullable String subject,
            Reach reach,
            Map<String, List<KeptLetter.Back>> back)
            throws SQLException {
        return new KeptLetter(
                about,
                subject,
                reach,
                KeptLetter.State.valueOf(row.getString("state")),
                Micros.get(row, "at"),
                back.getOrDefault(row.getString("id"), List.of()));
    }
}
