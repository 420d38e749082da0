package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Approval;
import org.tocsin.delivery.ApprovalRepository;

/** Approvals in SQL. */
public final class SqlApprovals implements ApprovalRepository {
    @Override
    public void save(Tx tx, Approval approval) {
        handle(tx)
                .createUpdate(
                        "insert into approval (delivery_id, branch, asked_by, asked_at, hash, decided_by, decided_at)"
                                + " values (:id, :branch, :askedBy, :askedAt, :hash, :decidedBy, :decidedAt) on conflict"
                                + " (delivery_id) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at, hash ="
                                + " excluded.hash, decided_by = excluded.decided_by, decided_at = excluded.decided_at")
                .bind("id", approval.deliveryId())
                .bind("branch", approval.branch().value())
                .bind("askedBy", approval.askedBy())
                .bind("askedAt", Micros.of(approval.askedAt()))
                .bind("hash", approval.hash())
                .bind("decidedBy", approval.decidedBy())
                .bind("decidedAt", Micros.ofNullable(approval.decidedAt()))
                .execute();
    }

    @Override
    public Optional<Approval> find(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from approval where delivery_id = :id")
                .bind("id", deliveryId)
                .map((row, context) -> new Approval(
                        row.getString("delivery_id"),
                        new BranchId(row.getString("branch")),
                        row.getString("asked_by"),
                        Micros.instant(row.getLong("asked_at")),
                        row.getString("hash"),
                        row.getString("decided_by"),
                        Micros.getNullable(row, "decided_at")))
                .findOne();
    }

    @Override
    public String contentHash(Tx tx, String deliveryId) {
        MessageDigest digest = sha256();
        handle(tx)
                .createQuery("select content from segment where delivery_id = :id order by position")
                .bind("id", deliveryId)
                .mapTo(String.class)
                .forEach(content -> {
                    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                    // With its length, so that no two threads of different parts have the same bytes.
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                    digest.update(bytes);
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> awaiting(Tx tx, BranchId branch, int max) {
        return handle(tx)
                .createQuery("select delivery.post_id from approval join delivery on delivery.id = approval.delivery_id"
                        + " where approval.branch = :branch and approval.hash is null and delivery.state in"
                        + " ('SCHEDULED', 'HELD') group by delivery.post_id order by min(approval.asked_at),"
                        + " delivery.post_id limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }
}
