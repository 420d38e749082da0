package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.ConsentTold;
import org.tocsin.subscriber.SignUpLink;
import org.tocsin.subscriber.SignUpRepository;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Topic;

/** What the team has said about signing up, in SQL; the bot's token is sealed. */
public final class SqlSignUp implements SignUpRepository {
    private final SecretBox box;

    /** @param box seals the token */
    public SqlSignUp(SecretBox box) {
        this.box = box;
    }

    private record Kept(
            String controller, String contact, String postal, String purposeFr, String purposeEn, String botName) {}

    private static String place(BranchId branch) {
        return "sign_up.bot." + branch.value();
    }

    @Override
    public SignUpSettings settings(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from sign_up where branch = :branch")
                .bind("branch", branch.value())
                .map((row, context) -> settings(branch, row))
                .findOne()
                .orElse(SignUpSettings.NONE);
    }

    @Override
    public List<BranchId> branches(Tx tx) {
        return handle(tx)
                .createQuery("select branch from sign_up order by branch")
                .map((row, context) -> new BranchId(row.getString("branch")))
                .list();
    }

    private SignUpSettings settings(BranchId branch, ResultSet row) throws SQLException {
        Kept kept = Json.read(row.getString("settings"), Kept.class);
        String bot = row.getString("bot");
        @Nullable Secret token = bot.isEmpty() ? null : Secret.of(box.open(place(branch), bot));
        return new SignUpSettings(
                kept.controller(),
                kept.contact(),
                kept.postal(),
                kept.purposeFr(),
                kept.purposeEn(),
                token,
                kept.botName(),
                row.getLong("version"));
    }

    @Override
    public boolean save(Tx tx, BranchId branch, SignUpSettings settings) {
        Secret bot = settings.bot();
        return handle(tx)
                        .createUpdate("insert into sign_up (branch, settings, bot, version) values (:branch, :settings,"
                                + " :bot, 1) on conflict (branch) do update set settings = excluded.settings, bot ="
                                + " excluded.bot, version = sign_up.version + 1 where sign_up.version = :version")
                        .bind("branch", branch.value())
                        .bind(
                                "settings",
                                Json.write(new Kept(
                                        settings.controller(),
                                        settings.contact(),
                                        settings.postal(),
                                        settings.purposeFr(),
                                        settings.purposeEn(),
                                        settings.botName())))
                        .bind("bot", bot == null ? "" : box.seal(place(branch), bot.reveal()))
                        .bind("version", settings.version())
                        .execute()
                == 1;
    }

    @Override
    public List<Topic> topics(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from topic where branch = :branch order by id")
                .bind("branch", branch.value())
                .map((row, context) -> new Topic(
                        row.getString("id"),
                        branch,
                        row.getString("name_en"),
                        row.getString("name_fr"),
                        Micros.get(row, "created_at"),
                        Micros.getNullable(row, "retired_at")))
                .list();
    }

    @Override
    public void put(Tx tx, Topic topic) {
        handle(tx)
                .createUpdate("insert into topic (id, branch, name_en, name_fr, created_at, retired_at) values (:id,"
                        + " :branch, :en, :fr, :created, :retired) on conflict (id) do update set name_en ="
                        + " excluded.name_en, name_fr = excluded.name_fr, retired_at = excluded.retired_at")
                .bind("id", topic.id())
                .bind("branch", topic.branch().value())
                .bind("en", topic.nameEn())
                .bind("fr", topic.nameFr())
                .bind("created", Micros.of(topic.createdAt()))
                .bind("retired", Micros.ofNullable(topic.retiredAt()))
                .execute();
    }

    @Override
    public Optional<ConsentText> text(Tx tx, BranchId branch, String language) {
        return handle(tx)
                .createQuery("select * from consent_text where branch = :branch and language = :language order by"
                        + " number desc limit 1")
                .bind("branch", branch.value())
                .bind("language", language)
                .map((row, context) -> text(row))
                .findOne();
    }

    @Override
    public Optional<ConsentText> text(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from consent_text where id = :id")
                .bind("id", id)
                .map((row, context) -> text(row))
                .findOne();
    }

    @Override
    public List<ConsentText> texts(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from consent_text where branch = :branch order by id desc")
                .bind("branch", branch.value())
                .map((row, context) -> text(row))
                .list();
    }

    @Override
    public void insert(Tx tx, ConsentText text) {
        handle(tx)
                .createUpdate("insert into consent_text (id, branch, language, number, text, created_at) values (:id,"
                        + " :branch, :language, :number, :text, :created)")
                .bind("id", text.id())
                .bind("branch", text.branch().value())
                .bind("language", text.language())
                .bind("number", text.number())
                .bind("text", text.text())
                .bind("created", Micros.of(text.createdAt()))
                .execute();
    }

    @Override
    public Optional<ConsentTold> told(Tx tx, String textId) {
        return handle(tx)
                .createQuery("select told from consent_text where id = :id and told is not null")
                .bind("id", textId)
                .mapTo(String.class)
                .findOne()
                .map(told -> Json.read(told, ConsentTold.class));
    }

    @Override
    public void tell(Tx tx, String textId, ConsentTold told) {
        handle(tx).execute("update consent_text set told = ? where id = ?", Json.write(told), textId);
    }

    private static ConsentText text(ResultSet row) throws SQLException {
        return new ConsentText(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("language"),
                row.getLong("number"),
                row.getString("text"),
                Micros.get(row, "created_at"));
    }

    @Override
    public List<SignUpLink> links(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from sign_up_link where branch = :branch order by created_at desc, code")
                .bind("branch", branch.value())
                .map((row, context) -> link(row))
                .list();
    }

    @Override
    public Optional<SignUpLink> link(Tx tx, BranchId branch, String code) {
        return handle(tx)
                .createQuery("select * from sign_up_link where branch = :branch and code = :code")
                .bind("branch", branch.value())
                .bind("code", code)
                .map((row, context) -> link(row))
                .findOne();
    }

    @Override
    public List<SignUpLink> ofPost(Tx tx, BranchId branch, String postId) {
        return links(tx, branch, "post_id", postId);
    }

    @Override
    public List<SignUpLink> ofCampaign(Tx tx, BranchId branch, String campaign) {
        return links(tx, branch, "campaign", campaign);
    }

    private static List<SignUpLink> links(Tx tx, BranchId branch, String column, String value) {
        return handle(tx)
                .createQuery("select * from sign_up_link where branch = :branch and " + column
                        + " = :value order by created_at desc, code")
                .bind("branch", branch.value())
                .bind("value", value)
                .map((row, context) -> link(row))
                .list();
    }

    @Override
    public void erased(Tx tx, BranchId branch, String code) {
        handle(tx)
                .createUpdate("update sign_up_link set erased = erased + 1 where branch = :branch and code = :code")
                .bind("branch", branch.value())
                .bind("code", code)
                .execute();
    }

    @Override
    public boolean insert(Tx tx, SignUpLink link) {
        return handle(tx)
                        .createUpdate("insert into sign_up_link (code, branch, name, post_id, campaign, created_at)"
                                + " values (:code, :branch, :name, :post, :campaign, :created) on conflict (code) do"
                                + " nothing")
                        .bind("code", link.code())
                        .bind("branch", link.branch().value())
                        .bind("name", link.name())
                        .bind("post", link.postId())
                        .bind("campaign", link.campaign())
                        .bind("created", Micros.of(link.createdAt()))
                        .execute()
                == 1;
    }

    @Override
    public void retire(Tx tx, BranchId branch, String code, @Nullable Instant since) {
        handle(tx)
                .createUpdate("update sign_up_link set retired_at = :since where branch = :branch and code = :code")
                .bind("since", Micros.ofNullable(since))
                .bind("branch", branch.value())
                .bind("code", code)
                .execute();
    }

    private static SignUpLink link(ResultSet row) throws SQLException {
        return new SignUpLink(
                row.getString("code"),
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("post_id"),
                row.getString("campaign"),
                Micros.get(row, "created_at"),
                Micros.getNullable(row, "retired_at"),
                row.getLong("erased"));
    }
}
