package org.tocsin.subscriber;

import java.time.Clock;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.people.AuditTrail;

/**
 * What the use cases of this package keep things in.
 *
 * @param left   beside the database; lines are added in the transaction of what they tell
 * @param bell   rung when a mail about a sign-up waits
 * @param aliases by what the audit trail calls people
 * @param requests what people ask for by right
 * @param letters what is kept of letters to people
 * @param events tells a program of the team what happens
 */
public record PeopleStores(
        UnitOfWork unitOfWork,
        SubscriberRepository subscribers,
        Suppressions suppressions,
        SignUpRepository house,
        ConsentRegister register,
        SignUpMailRepository mails,
        Tries tries,
        LeaveOrder left,
        AuditTrail audit,
        AuditAliases aliases,
        PersonRequestRepository requests,
        KeptLetters letters,
        Ids ids,
        Clock clock,
        Wakeup bell,
        SubscriptionEvents events) {}
