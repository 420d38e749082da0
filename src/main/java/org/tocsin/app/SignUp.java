package org.tocsin.app;

import java.time.Clock;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.letter.LetterBox;
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlSignUpMails;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.sql.SqlSuppressions;
import org.tocsin.sql.SqlTries;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.PeopleStores;
import org.tocsin.subscriber.Retention;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpMailer;
import org.tocsin.subscriber.SignUpOutbox;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Team;
import org.tocsin.web.SignUpParts;

/** Signing up to the newsletter, put together. */
record SignUp(
        PeopleStores stores,
        SignUps signUps,
        Choices choices,
        Leaving leaving,
        Team team,
        SignUpKeeping keeping,
        Retention retention,
        SignUpMailer mailer,
        LetterLinks links,
        String base) {
    /** @param intake refuses where the disk is full */
    static SignUp of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            DataFolder folder,
            LetterBox box,
            Messages messages,
            Clock clock,
            Ids ids) {
        String base = settings.text(Setting.PUBLIC_URL).replaceAll("/+$", "");
        PeopleStores people = new PeopleStores(
                intake,
                new SqlSubscribers(stores.box()),
                new SqlSuppressions(stores.box()),
                new SqlSignUp(stores.box()),
                new ConsentRegister(new SqlConsents(stores.box()), clock),
                new SqlSignUpMails(stores.box()),
                new SqlTries(ids),
                new LeaveFile(folder.file("left.log")),
                stores.audit(),
                ids,
                clock,
                new Wakeup());
        SignUpOutbox outbox = new SignUpOutbox(
                people, () -> box.ready() && settings.url(Setting.PUBLIC_URL).isPresent());
        Leaving leaving = new Leaving(people);
        Choices choices = new Choices(people, outbox);
        return new SignUp(
                people,
                new SignUps(people, outbox),
                choices,
                leaving,
                new Team(people, leaving, choices),
                new SignUpKeeping(people, messages),
                new Retention(people, leaving, outbox),
                new SignUpMailer(people, box, messages, base),
                new SealedLinks(stores.box()::hash, base),
                base);
    }

    /** @return what is served of it */
    SignUpParts parts() {
        return new SignUpParts(signUps, choices, leaving, links, team, keeping, base);
    }
}
