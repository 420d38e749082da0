package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.DeliverySegment.Frozen;
import org.tocsin.delivery.DeliverySegment.Upload;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Receipt;

/** Segments in SQL. */
final class SqlSegments {
    private static final TypeReference<List<Upload>> UPLOADS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    void insert(Tx tx, String channelId, DeliverySegment segment) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        "insert into segment (delivery_id, position, content, delivery_key, state, uploads, body,"
                                                + " rendered_text, text_hash, parent_id, first_intent_at, intent_at, channel_id,"
                                                + " remote_id, url, published_at, details) values (:id, :position, :content, :key,"
                                                + " :state, :uploads, :body, :rendered, :hash, :parent, :firstAt, :at, :channel,"
                                                + " :remote, :url, :publishedAt, :details)"),
                        segment)
                .bind("content", Json.write(segment.content()))
                .bind("key", segment.key().value())
                .bind("channel", channelId)
                .execute();
    }

    void save(Tx tx, DeliverySegment segment) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        "update segment set state = :state, uploads = :uploads, body = :body, rendered_text ="
                                                + " :rendered, text_hash = :hash, parent_id = :parent, first_intent_at = :firstAt,"
                                                + " intent_at = :at, remote_id = :remote, url = :url, published_at = :publishedAt,"
                                                + " details = :details where delivery_id = :id and position = :position"),
                        segment)
                .execute();
    }

    void saveContent(Tx tx, DeliverySegment segment) {
        handle(tx)
                .createUpdate("update segment set content = :content where delivery_id = :id and position = :position")
                .bind("content", Json.write(segment.content()))
                .bind("id", segment.deliveryId())
                .bind("position", segment.index())
                .execute();
    }

    void saveUploads(Tx tx, DeliverySegment segment) {
        handle(tx)
                .createUpdate("update segment set uploads = :uploads where delivery_id = :id and position = :position")
                .bind("uploads", Json.write(segment.uploads()))
                .bind("id", segment.deliveryId())
                .bind("position", segment.index())
                .execute();
    }

    private static Update bind(Update update, DeliverySegment segment) {
        Frozen frozen = segment.frozen();
        Receipt receipt = segment.receipt();
        return update.bind("id", segment.deliveryId())
                .bind("position", segment.index())
                .bind("state", segment.state().name())
                .bind("uploads", Json.write(segment.uploads()))
                .bind("body", frozen == null ? null : frozen.body())
                .bind("rendered", frozen == null ? null : frozen.text())
                .bind("hash", frozen == null ? null : frozen.textHash())
                .bind("parent", frozen == null ? null : frozen.parentId())
                .bind("firstAt", frozen == null ? null : Long.valueOf(Micros.of(frozen.firstAt())))
                .bind("at", frozen == null ? null : Long.valueOf(Micros.of(frozen.at())))
                .bind("remote", receipt == null ? null : receipt.remoteId())
                .bind("url", receipt == null ? null : receipt.url())
                .bind("publishedAt", receipt == null ? null : Long.valueOf(Micros.of(receipt.publishedAt())))
                .bind("details", receipt == null ? null : Json.write(receipt.details()));
    }

    List<DeliverySegment> of(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from segment where delivery_id = :id order by position")
                .bind("id", deliveryId)
                .map((row, context) -> segment(row))
                .list();
    }

    Map<String, List<DeliverySegment>> of(Tx tx, Collection<String> deliveryIds) {
        return ByIds.ofDeliveries(
                tx,
                "segment",
                deliveryIds,
                (row, context) -> segment(row),
                Comparator.comparingInt(DeliverySegment::index),
                DeliverySegment::deliveryId);
    }

    private static DeliverySegment segment(ResultSet row) throws SQLException {
        return new DeliverySegment(
                row.getString("delivery_id"),
                row.getInt("position"),
                Json.read(row.getString("content"), Content.class),
                new DeliveryKey(row.getString("delivery_key")),
                SegmentState.valueOf(row.getString("state")),
                Json.read(row.getString("uploads"), UPLOADS),
                frozen(row),
                receipt(row));
    }

    private static @Nullable Frozen frozen(ResultSet row) throws SQLException {
        String body = row.getString("body");
        return body == null
                ? null
                : new Frozen(
                        body,
                        row.getString("rendered_text"),
                        row.getString("text_hash"),
                        row.getString("parent_id"),
                        Micros.get(row, "first_intent_at"),
                        Micros.get(row, "intent_at"));
    }

    private static @Nullable Receipt receipt(ResultSet row) throws SQLException {
        String remoteId = row.getString("remote_id");
        return remoteId == null
                ? null
                : new Receipt(
                        remoteId,
                        row.getString("url"),
                        Micros.get(row, "published_at"),
                        Json.read(row.getString("details"), DETAILS));
    }
}
