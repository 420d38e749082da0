package org.tocsin.app;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** The key that signs evidence, in a file of the data folder that only its owner may read; made when it is first needed. */
final class EvidenceKey implements Supplier<KeyPair> {
    private static final String NAME = "evidence.key";

    private final DataFolder folder;

    EvidenceKey(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public synchronized KeyPair get() {
        try {
            Optional<String> kept = folder.read(NAME);
            if (kept.isPresent()) {
                String[] halves = kept.get().split("\\s+");
                KeyFactory keys = KeyFactory.getInstance("Ed25519");
                return new KeyPair(
                        keys.generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(halves[1]))),
                        keys.generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves[0]))));
            }
            KeyPair fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Base64.Encoder text = Base64.getEncoder();
            folder.writeSecret(
                    NAME,
                    text.encodeToString(fresh.getPrivate().getEncoded()) + "\n"
                            + text.encodeToString(fresh.getPublic().getEncoded()));
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
