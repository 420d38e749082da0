package org.tocsin.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Networks;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.CampaignRepository;
import org.tocsin.post.MentionBook;
import org.tocsin.post.MentionEntry;

/** Keeps the mention book of a branch: who is called what on which network. */
public final class MentionBookKeeping {
    private static final Pattern NAME = Pattern.compile("[^{}\\p{Cntrl}]{1,60}");

    private final UnitOfWork unitOfWork;
    private final CampaignRepository book;
    private final Networks networks;
    private final AuditTrail audit;

    public MentionBookKeeping(UnitOfWork unitOfWork, CampaignRepository book, Networks networks, AuditTrail audit) {
        this.unitOfWork = unitOfWork;
        this.book = book;
        this.networks = networks;
        this.audit = audit;
    }

    /**
     * Adds an entry, or replaces the one of that name.
     *
     * @param name        as it is written between the braces of {@code @{name}}
     * @param displayName where a network has no handle; null for the name
     * @param handles     by network
     * @throws FaultException INVALID with every network that there is not, and every handle that it cannot have
     */
    public MentionEntry save(Actor actor, String name, @Nullable String displayName, Map<String, String> handles) {
        return save(actor, name, displayName, handles, there -> {});
    }

    /**
     * The same for one who has seen what the book says.
     *
     * @param unless told, in the transaction that writes, which entry of that name it would replace; may throw to refuse
     */
    public MentionEntry save(
            Actor actor,
            String name,
            @Nullable String displayName,
            Map<String, String> handles,
            Consumer<Optional<MentionEntry>> unless) {
        actor.require(Scope.MANAGE);
        String plain = name.strip();
        if (!NAME.matcher(plain).matches()) {
            throw FaultException.invalid("/name", Message.of("publishing.mention.name", "value", plain));
        }
        List<Fault> faults = new ArrayList<>();
        new TreeMap<>(handles).forEach((network, handle) -> {
            String id = network.toLowerCase(Locale.ROOT);
            if (networks.find(id).isEmpty()) {
                faults.add(Fault.at("/handles/" + network, Message.of("publishing.network.unknown", "value", network)));
            } else if (!Handles.possible(id, handle.strip())) {
                faults.add(Fault.at(
                        "/handles/" + network,
                        Message.of(
                                "publishing.mention.handle",
                                "value",
                                handle,
                                "network",
                                id,
                                "example",
                                Handles.example(id))));
            }
        });
        if (!faults.isEmpty()) {
            throw new FaultException(FaultException.Kind.INVALID, faults);
        }
        String display = displayName == null || displayName.isBlank() ? plain : displayName.strip();
        MentionEntry entry = new MentionEntry(plain, display, handles);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            unless.accept(new MentionBook(book.mentions(tx, actor.branch())).find(plain));
            book.saveMention(tx, actor.branch(), entry);
            audit.add(tx, actor, "mention.save", plain, "");
            return entry;
        });
    }

    /** @throws FaultException NOT_FOUND */
    public void remove(Actor actor, String name) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!book.removeMention(tx, actor.branch(), name)) {
                throw FaultException.notFound("mention", name);
            }
            audit.add(tx, actor, "mention.remove", name, "");
            return name;
        });
    }

    /** @return by name */
    public List<MentionEntry> all(Actor actor) {
        return unitOfWork.read(tx -> book.mentions(tx, actor.branch()));
    }
}
