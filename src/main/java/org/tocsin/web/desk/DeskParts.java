package org.tocsin.web.desk;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.tocsin.audience.keeping.Annotations;
import org.tocsin.audience.keeping.AudienceImport;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.media.MediaRepository;
import org.tocsin.media.MediaStore;
import org.tocsin.network.Networks;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.OrganisationKeeping;
import org.tocsin.people.SecondFactors;
import org.tocsin.people.SignIn;
import org.tocsin.people.Tokens;
import org.tocsin.people.Users;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.Drafts;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.Freezes;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.MediaUpload;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.RequestKeys;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.Slots;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.web.ConnectDialogues;
import org.tocsin.web.LiveStreams;
import org.tocsin.web.Rehearsals;

/**
 * What the desk is made of.
 *
 * @param undo how long what is published here waits, so that it can be taken back; zero for not at all, at most an hour
 */
public record DeskParts(
        UnitOfWork unitOfWork,
        PostRepository posts,
        DeliveryRepository deliveries,
        RevisionRepository revisions,
        ChannelRepository channels,
        RequestKeys requestKeys,
        Drafts drafts,
        PlanPost planner,
        SubmitPost submit,
        CorrectPost correct,
        RevisePost revise,
        EditPost edit,
        ApprovePost approve,
        DeletePost delete,
        DeliveryDecisions decisions,
        CalendarRepository calendar,
        Slots slots,
        ImportPosts imports,
        Campaigns campaigns,
        MentionBookKeeping book,
        Rehearsals rehearsals,
        MediaUpload uploads,
        MediaRepository media,
        MediaStore files,
        Networks networks,
        ChannelAdministration administration,
        ConnectDialogues dialogues,
        Freezes freezes,
        Tokens tokens,
        Users users,
        SignIn signIn,
        SecondFactors factors,
        Messages messages,
        Clock clock,
        ZoneId zone,
        String language,
        String organisation,
        OrganisationKeeping house,
        AuditTrail audit,
        Optional<URI> publicUrl,
        Audiences audiences,
        AudienceImport audienceImport,
        Annotations annotations,
        Duration undo,
        LiveStreams live) {}
