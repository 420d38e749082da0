package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliveryAttempt;

/** Attempts in SQL. */
final class SqlAttempts {
    void start(Tx tx, DeliveryAttempt attempt) {
        handle(tx)
                .createUpdate(
                        "insert into attempt (delivery_id, number, channel_id, segment, started_at, outcome, send,"
                                + " excerpt, cost) values (:id, :number, :channel, :segment, :startedAt, :outcome, :send, '', :cost)")
                .bind("id", attempt.deliveryId())
                .bind("number", attempt.number())
                .bind("channel", attempt.channelId())
                .bind("segment", attempt.segment())
                .bind("startedAt", Micros.of(attempt.startedAt()))
                .bind("outcome", attempt.outcome())
                .bind("send", attempt.send() ? 1 : 0)
                .bind("cost", attempt.costMicroUsd())
                .execute();
    }

    void end(Tx tx, DeliveryAttempt attempt) {
        handle(tx)
                .createUpdate(
                        "update attempt set ended_at = :endedAt, outcome = :outcome, http_status = :status, reason ="
                                + " :reason, excerpt = :excerpt, cost = :cost where delivery_id = :id and number = :number")
                .bind("endedAt", Micros.ofNullable(attempt.endedAt()))
                .bind("outcome", attempt.outcome())
                .bind("status", attempt.httpStatus())
                .bind("reason", Json.writeOrNull(attempt.reason()))
                .bind("excerpt", attempt.excerpt())
                .bind("cost", attempt.costMicroUsd())
                .bind("id", attempt.deliveryId())
                .bind("number", attempt.number())
                .execute();
    }

    List<DeliveryAttempt> of(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from attempt where delivery_id = :id order by number")
                .bind("id", deliveryId)
                .map((row, context) -> attempt(row))
                .list();
    }

    private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        int status = row.getInt("http_status");
        boolean noStatus = row.wasNull();
        return new DeliveryAttempt(
                row.getString("delivery_id"),
                row.getInt("number"),
                row.getString("channel_id"),
                row.getInt("segment"),
                Micros.get(row, "started_at"),
                Micros.getNullable(row, "ended_at"),
                row.getString("outcome"),
                row.getInt("send") == 1,
                noStatus ? null : Integer.valueOf(status),
                Json.message(row.getString("reason")),
                row.getString("excerpt"),
                row.getLong("cost"));
    }
}
