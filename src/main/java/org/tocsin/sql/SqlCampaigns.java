package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.post.Campaign;
import org.tocsin.post.CampaignRepository;
import org.tocsin.post.MentionBook;
import org.tocsin.post.MentionEntry;

/** Campaigns and the mention book in SQL. */
public final class SqlCampaigns implements CampaignRepository {
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    /** What is kept as one value. */
    private record Body(
            String name,
            @Nullable String hashtag,
            @Nullable String from,
            @Nullable String until,
            List<String> channels,
            Map<String, String> utm,
            List<String> domains) {}

    @Override
    public boolean save(Tx tx, Campaign campaign, long seen) {
        Body body = new Body(
                campaign.name(),
                campaign.hashtag(),
                campaign.from() == null ? null : campaign.from().toString(),
                campaign.until() == null ? null : campaign.until().toString(),
                campaign.channels(),
                campaign.utm(),
                campaign.domains());
        String statement = seen == 0
                ? "insert into campaign (id, branch, body, version) values (:id, :branch, :body, :version)"
                        + " on conflict do nothing"
                : "update campaign set body = :body, version = :version where id = :id and branch = :branch"
                        + " and version = " + seen;
        return handle(tx)
                        .createUpdate(statement)
                        .bind("id", campaign.id())
                        .bind("branch", campaign.branch().value())
                        .bind("body", Json.write(body))
                        .bind("version", campaign.version())
                        .execute()
                == 1;
    }

    @Override
    public Optional<Campaign> find(Tx tx, BranchId branch, String id) {
        return all(tx, branch).stream()
                .filter(campaign -> campaign.id().equals(id))
                .findFirst();
    }

    @Override
    public List<Campaign> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from campaign where branch = :branch order by id")
                .bind("branch", branch.value())
                .map((row, context) ->
                        campaign(branch, row.getString("id"), row.getLong("version"), row.getString("body")))
                .list();
    }

    private static Campaign campaign(BranchId branch, String id, long version, String json) {
        Body body = Json.read(json, Body.class);
        return new Campaign(
                id,
                branch,
                body.name(),
                body.hashtag(),
                body.from() == null ? null : LocalDate.parse(body.from()),
                body.until() == null ? null : LocalDate.parse(body.until()),
                body.channels(),
                body.utm(),
                body.domains(),
                version);
    }

    @Override
    public boolean remove(Tx tx, BranchId branch, String id) {
        return bind(handle(tx).createUpdate("delete from campaign where branch = :branch and id = :name"), branch, id)
                        .execute()
                == 1;
    }

    @Override
    public void saveMention(Tx tx, BranchId branch, MentionEntry entry) {
        Map<String, String> body = new TreeMap<>(entry.handles());
        body.put("", entry.displayName());
        body.put("@", entry.name());
        bind(
                        handle(tx)
                                .createUpdate(
                                        "insert into mention_entry (branch, name, body, version) values (:branch, :name,"
                                                + " :body, 1) on conflict (branch, name) do update set body = :body,"
                                                + " version = mention_entry.version + 1"),
                        branch,
                        MentionBook.key(entry.name()))
                .bind("body", Json.write(body))
                .execute();
    }

    @Override
    public boolean removeMention(Tx tx, BranchId branch, String name) {
        return bind(
                                handle(tx)
                                        .createUpdate(
                                                "delete from mention_entry where branch = :branch and name = :name"),
                                branch,
                                MentionBook.key(name))
                        .execute()
                == 1;
    }

    @Override
    public List<MentionEntry> mentions(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from mention_entry where branch = :branch order by name")
                .bind("branch", branch.value())
                .map((row, context) -> {
                    Map<String, String> body = new TreeMap<>(Json.read(row.getString("body"), STRINGS));
                    String display = body.remove("");
                    String name = body.remove("@");
                    return new MentionEntry(name, display, body);
                })
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, BranchId branch, String name) {
        return statement.bind("branch", branch.value()).bind("name", name);
    }
}
