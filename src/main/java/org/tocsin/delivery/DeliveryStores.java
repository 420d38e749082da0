package org.tocsin.delivery;

import org.tocsin.base.UnitOfWork;
import org.tocsin.media.MediaRepository;

/** The rows that deliveries are made of. */
public record DeliveryStores(
        UnitOfWork unitOfWork,
        DeliveryRepository deliveries,
        ChannelRepository channels,
        AccountRepository accounts,
        FreezeRepository freezes,
        MediaRepository media,
        RemovalRepository removals,
        RevisionRepository revisions,
        ApprovalRepository approvals,
        Notices notices) {}
