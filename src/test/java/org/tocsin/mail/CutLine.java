package org.tocsin.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server that is cut once so many bytes have come back over it. */
final class CutLine implements AutoCloseable {
    private final ServerSocket here;
    private final int there;
    private final AtomicLong left;

    /** @param there port of the server on this machine */
    CutLine(int there, long bytes) throws IOException {
        this.there = there;
        this.left = new AtomicLong(bytes);
        this.here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return here.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = here.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
                Thread.ofVirtual().start(() -> pump(near, far, false));
                Thread.ofVirtual().start(() -> pump(far, near, true));
            }
        } catch (IOException closed) {
            // Nobody calls any more.
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] some = new byte[512];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (counted && left.addAndGet(-read) < 0) {
                    return;
                }
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            // The other end went.
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
    }
}
