package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Messages;

class RefusalTest {
    @TempDir
    Path folder;

    static Stream<Arguments> refused() {
        BufferedImage image = Pictures.quarters(64, 48);
        byte[] jpeg = Pictures.jpeg(image, 0.9f, false);
        byte[] png = Pictures.encode(image, "png");
        byte[] gif = Pictures.gif(64, 48, 2);
        byte[] webp = Pictures.webp(64, 48);
        return Stream.of(
                row("media.empty", new byte[0]),
                row("media.type.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"),
                row("media.type.heic", "\0\0\0\u0018ftypmif1\0\0\0\0mif1heic"),
                row("media.type.avif", "\0\0\0\u0018ftypmif1\0\0\0\0mif1avif"),
                row("media.type.jxl", "\0\0\0\fJXL \r\n\u0087\n"),
                row("media.type.svg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
                row("media.type.tiff", "II*\0\b\0\0\0"),
                row("media.type.bmp", "BM\0\0\0\0"),
                row("media.type.pdf", "%PDF-1.7\n"),
                row("media.type.video", "\0\0\0\u0018ftypmp42\0\0\0\0isommp42"),
                row("media.type.video", "\u001AE\u00DF\u00A3webm"),
                row("media.type.html", "\n<!DOCTYPE html><html><svg></svg></html>"),
                row("media.type.unknown", "just text"),
                row("media.type.unknown", "RIFF\0\0\0\0WAVE"),
                row("media.side", Pictures.pngClaiming(65_535, 65_535)),
                row("media.pixels", Pictures.pngClaiming(50_001, 1_000)),
                row("media.damaged", Pictures.pngClaiming(0, 10)),
                row("media.damaged", Pictures.pngClaiming(3_000, 3_000)),
                row("media.pixels", at(jpeg, frameHeader(jpeg) + 5, 0xFF, 0x00, 0xFF, 0x00)),
                row("media.jpeg.cmyk", at(jpeg, frameHeader(jpeg) + 9, 4)),
                row("media.jpeg.coding", at(jpeg, frameHeader(jpeg) + 1, 0xC9)),
                row("media.jpeg.coding", at(jpeg, frameHeader(jpeg) + 4, 12)),
                row("media.jpeg.scans", manyScans(jpeg)),
                row("media.pixels", at(gif, 6, 0xFF, 0x7F, 0xFF, 0x7F)),
                row("media.frames", Pictures.gif(2, 2, 501)),
                row("media.pixels", Pictures.riff(Pictures.vp8x(0, 16_000, 16_000))),
                row(
                        "media.webp.large",
                        Pictures.riff(Pictures.webpChunk("VP8L", Pictures.webpBitstream(5_000, 4_000)))),
                row(
                        "media.damaged",
                        Pictures.riff(
                                Pictures.vp8x(0, 10, 10), Pictures.webpChunk("VP8L", Pictures.webpBitstream(64, 48)))),
                row("media.damaged", Pictures.riff(Pictures.vp8x(0, 10, 10))),
                row("media.damaged", at(png, 50, 0x55)),
                row("media.truncated", Arrays.copyOf(jpeg, jpeg.length - 20)),
                row("media.truncated", Arrays.copyOf(png, png.length - 20)),
                row("media.truncated", Arrays.copyOf(gif, gif.length - 20)),
                row("media.truncated", Arrays.copyOf(webp, webp.length - 20)),
                row("media.truncated", Arrays.copyOf(jpeg, 5)));
    }

    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("refused")
    @Timeout(5)
    void a_bad_file_is_refused_with_its_remedy_and_leaves_nothing(String code, byte[] file) throws Exception {
        Fault fault = refusal(new ByteArrayInputStream(file), Kind.INVALID);
        assertThat(fault.message().code()).isEqualTo(code);
        assertToldInBothLanguages(fault);
        assertThat(left()).isZero();
    }

    @Test
    void a_small_file_with_a_huge_claim_is_refused_without_decoding() {
        FileMediaStore store = new FileMediaStore(folder, new AtomicLong()::incrementAndGet, Duration.ZERO);
        // With no time to decode at all, the header alone must have decided.
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> store.take(new ByteArrayInputStream(Pictures.pngClaiming(65_535, 65_535))))
                .satisfies(e -> {
                    Fault fault = e.faults().getFirst();
                    assertThat(fault.message().code()).isEqualTo("media.side");
                    assertThat(fault.limit()).isEqualTo(65_500);
                    assertThat(fault.actual()).isEqualTo(65_535);
                });
    }

    @Test
    void an_image_that_takes_too_long_is_refused() throws Exception {
        AtomicLong time = new AtomicLong();
        FileMediaStore store = new FileMediaStore(
                folder, () -> time.addAndGet(Duration.ofSeconds(1).toNanos()), Duration.ofSeconds(10));
        for (byte[] file : new byte[][] {
            Pictures.jpeg(Pictures.grain(300, 300, BufferedImage.TYPE_3BYTE_BGR, 50), 0.9f, true),
            Pictures.encode(Pictures.grain(300, 300, BufferedImage.TYPE_3BYTE_BGR, 50), "png"),
            Pictures.gif(300, 300, 1),
            Pictures.webp(300, 300)
        }) {
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> store.take(new ByteArrayInputStream(file)))
                    .satisfies(e ->
                            assertThat(e.faults().getFirst().message().code()).isEqualTo("media.slow"));
        }
        assertThat(left()).isZero();
    }

    @Test
    void one_byte_over_50_mb_is_too_large_and_no_more_is_read() throws Exception {
        byte[] head = Pictures.jpeg(Pictures.quarters(8, 8), 0.9f, false);
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                return count(1) - 1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return count(length);
            }

            private int count(int length) {
                given += length;
                assertThat(given).isLessThan(51L << 20);
                return length;
            }
        };
        Fault fault = refusal(new SequenceInputStream(new ByteArrayInputStream(head), endless), Kind.TOO_LARGE);
        assertThat(fault.limit()).isEqualTo(50L << 20);
        assertToldInBothLanguages(fault);
        assertThat(left()).isZero();
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        byte[] head = new byte[10_000];
        head[0] = (byte) 0xFF;
        head[1] = (byte) 0xD8;
        head[2] = (byte) 0xFF;
        assertToldInBothLanguages(
                refusal(new SequenceInputStream(new ByteArrayInputStream(head), broken), Kind.MALFORMED));
        assertThat(left()).isZero();
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_fault_of_the_store() throws Exception {
        Path file = Files.writeString(folder.resolve("occupied"), "a file where the folder should be");
        FileMediaStore store = new FileMediaStore(file);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> store.take(new ByteArrayInputStream(Pictures.webp(8, 8))))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.STORAGE);
                    assertThat(e.faults().getFirst().message().code()).isEqualTo("media.disk");
                    assertToldInBothLanguages(e.faults().getFirst());
                });
    }

    private Fault refusal(InputStream source, Kind kind) {
        try {
            new FileMediaStore(folder).take(source);
        } catch (FaultException e) {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/media"));
            return e.faults().getFirst();
        }
        throw new AssertionError("was taken");
    }

    private static void assertToldInBothLanguages(Fault fault) {
        Messages messages = new Messages();
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            assertThat(messages.text(fault.message(), locale)).doesNotContain("media.", "{");
        }
    }

    private long left() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static Arguments row(String code, String file) {
        return Arguments.of(code, Pictures.ascii(file));
    }

    private static Arguments row(String code, byte[] file) {
        return Arguments.of(code, file);
    }

    private static byte[] at(byte[] file, int place, int... values) {
        byte[] changed = file.clone();
        for (int i = 0; i < values.length; i++) {
            changed[place + i] = (byte) values[i];
        }
        return changed;
    }

    /** Where the start of frame of a baseline JPEG is. */
    private static int frameHeader(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xC0) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        }
        return at;
    }

    private static byte[] manyScans(byte[] jpeg) {
        int scan = frameHeader(jpeg);
        while ((jpeg[scan + 1] & 0xFF) != 0xDA) {
            scan += 2 + ((jpeg[scan + 2] & 0xFF) << 8 | (jpeg[scan + 3] & 0xFF));
        }
        byte[] one = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        byte[][] all = new byte[50][];
        Arrays.fill(all, one);
        return Pictures.join(Arrays.copyOf(jpeg, scan), Pictures.join(all), new byte[] {(byte) 0xFF, (byte) 0xD9});
    }
}
