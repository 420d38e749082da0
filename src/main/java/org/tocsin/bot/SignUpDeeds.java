package org.tocsin.bot;

import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.dialogue.Deed;
import org.tocsin.subscriber.dialogue.Talk;

/** Does what a talk came to, in the transaction in which the update is confirmed. */
final class SignUpDeeds {
    private static final BranchId BRANCH = BranchId.MAIN;

    private final SignUps signUps;
    private final Choices choices;
    private final Leaving leaving;

    SignUpDeeds(SignUps signUps, Choices choices, Leaving leaving) {
        this.signUps = signUps;
        this.choices = choices;
        this.leaving = leaving;
    }

    /** @return who is subscribed by an account */
    Optional<Subscriber> subscriber(Tx tx, long account) {
        return choices.ofTelegram(tx, BRANCH, account);
    }

    /** @return what is kept of somebody */
    PersonData data(Tx tx, Subscriber one) {
        return choices.data(tx, one);
    }

    /** The account can be written to no more. */
    void unreachable(Tx tx, long account) {
        subscriber(tx, account).ifPresent(one -> {
            if (one.reach() == Subscriber.Reach.MAIL) {
                choices.dropTelegram(tx, one);
            } else {
                leaving.bounced(tx, one, "blocked");
            }
        });
    }

    /** Telegram took the question whether letters are still wanted. */
    void asked(Tx tx, String subscriberId) {
        choices.asked(tx, BRANCH, subscriberId);
    }

    /** @param proof by what it is known that the account did it */
    void act(Tx tx, Deed deed, long account, Talk talk, String proof) {
        Optional<Subscriber> there = subscriber(tx, account);
        switch (deed) {
            case Deed.Join join -> signUps.join(tx, BRANCH, account, wish(talk, join.topics(), join.textId()), proof);
            case Deed.AskByMail ask ->
                signUps.ask(tx, BRANCH, ask.address(), wish(talk, ask.topics(), ask.textId()), "telegram:" + account);
            case Deed.Leave _ -> there.ifPresent(one -> leaving.leave(tx, one, Door.BOT, proof));
            case Deed.Choose choose ->
                there.ifPresent(
                        one -> choices.choose(tx, BRANCH, one.id(), choose.topics(), choose.language(), Door.BOT));
            case Deed.Correct correct ->
                there.ifPresent(one -> choices.correct(tx, BRANCH, one.id(), correct.address(), Door.BOT));
            case Deed.Restrict _ -> there.ifPresent(one -> choices.restrict(tx, BRANCH, one.id(), Door.BOT));
            case Deed.Release _ -> there.ifPresent(one -> choices.release(tx, BRANCH, one.id(), Door.BOT));
            case Deed.Oppose _ -> there.ifPresent(one -> leaving.oppose(tx, one, Door.BOT, proof));
            case Deed.Erase _ -> there.ifPresent(one -> leaving.erase(tx, one, Door.BOT, proof));
            case Deed.Renew _ -> there.ifPresent(one -> choices.renew(tx, one, Door.BOT, proof));
            case Deed.SendData _ ->
                there.ifPresent(one -> {
                    choices.asked(tx, BRANCH, one.id(), PersonRequest.Kind.ACCESS, Door.BOT);
                    choices.seen(tx, one);
                });
            case Deed.DeleteMessage _ -> {}
        }
    }

    private static SignUps.Wish wish(Talk talk, Set<String> topics, String textId) {
        return new SignUps.Wish(talk.language(), topics, textId, talk.link(), null, Door.BOT);
    }
}
