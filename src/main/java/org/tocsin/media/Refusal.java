package org.tocsin.media;

import java.io.IOException;
import java.nio.file.Path;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** The ways in which an image is refused, and the bounds that decide it. Every one points at {@code /media}. */
final class Refusal {
    /** Of an upload. */
    static final long MAX_BYTES = 50L << 20;
    /** Width × height. */
    static final long MAX_PIXELS = 50_000_000;
    /** JPEG's own bound (ITU-T T.81 allows 65,535; libjpeg decodes up to 65,500). */
    static final int MAX_SIDE = 65_500;
    /** Of an animation. */
    static final int MAX_FRAMES = 500;

    private static final String POINTER = "/media";

    private Refusal() {}

    static FaultException of(String code, Object... args) {
        return FaultException.invalid(POINTER, Message.of(code, args));
    }

    static FaultException over(String code, long limit, long actual) {
        return new FaultException(
                Kind.INVALID, new Fault(POINTER, Message.of(code, "limit", limit, "actual", actual), limit, actual));
    }

    static FaultException tooLarge() {
        Message message = Message.of("media.too-large", "limit", MAX_BYTES >> 20);
        return new FaultException(Kind.TOO_LARGE, new Fault(POINTER, message, MAX_BYTES, null));
    }

    static FaultException truncated() {
        return of("media.truncated");
    }

    static FaultException damaged() {
        return of("media.damaged");
    }

    static FaultException slow(long seconds) {
        return of("media.slow", "limit", seconds);
    }

    static FaultException uploadBroke(IOException cause) {
        return caused(Kind.MALFORMED, Message.of("media.upload"), cause);
    }

    static FaultException busy() {
        return new FaultException(Kind.TOO_MANY, Fault.at(POINTER, Message.of("media.busy")));
    }

    /** @param folder that cannot be written */
    static FaultException disk(Path folder, IOException cause) {
        return caused(Kind.STORAGE, Message.of("media.disk", "folder", folder), cause);
    }

    /** The same while an image is made for a network: then nobody has anything to send again. */
    static FaultException fitting(Path folder, IOException cause) {
        return caused(Kind.STORAGE, Message.of("media.fit.disk", "folder", folder), cause);
    }

    static FaultException gone(IOException cause) {
        return caused(Kind.STORAGE, Message.of("media.gone"), cause);
    }

    /** Refuses sizes that would be dangerous to decode; called as soon as a header has told them. */
    static void checkSize(long width, long height) {
        if (width < 1 || height < 1) {
            throw damaged();
        }
        if (Math.max(width, height) > MAX_SIDE) {
            throw over("media.side", MAX_SIDE, Math.max(width, height));
        }
        if (width * height > MAX_PIXELS) {
            throw over("media.pixels", MAX_PIXELS, width * height);
        }
    }

    static void checkFrames(long frames) {
        if (frames > MAX_FRAMES) {
            throw over("media.frames", MAX_FRAMES, frames);
        }
    }

    private static FaultException caused(Kind kind, Message message, IOException cause) {
        FaultException fault = new FaultException(kind, Fault.at(POINTER, message));
        fault.initCause(cause);
        return fault;
    }
}
