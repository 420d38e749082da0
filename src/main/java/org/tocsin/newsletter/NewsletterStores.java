package org.tocsin.newsletter;

import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.subscriber.SubscriberRepository;
import org.tocsin.subscriber.Suppressions;

/** The rows that sending reads and writes. */
public record NewsletterStores(
        UnitOfWork unitOfWork,
        NewsletterRepository newsletters,
        SendRepository sends,
        LineRepository lines,
        SubscriberRepository subscribers,
        Suppressions suppressions,
        FreezeRepository freezes) {}
