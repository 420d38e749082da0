package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** The register of processing says what is set, and nothing else. */
class ProcessingRegisterTest {
    private static String register(RunningDaemon daemon, String language) {
        return daemon.get("/api/v1/privacy/register?language=" + language)
                .json()
                .path("text")
                .asText();
    }

    private static void put(RunningDaemon daemon, String path, String body) {
        Answer answer = daemon.send(daemon.token(), "PUT", path, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void a_setting_that_changes_changes_the_document(@TempDir Path folder) throws Exception {
        try (RunningDaemon daemon =
                        new RunningDaemon(folder, "TOCSIN_ORGANISATION", "Les Amis", "TOCSIN_MENTION_KEEP", "100d");
                HookSite site = new HookSite()) {
            String bare = register(daemon, "fr");
            assertThat(bare).contains("Les Amis").doesNotContain("Lettre d’information");

            put(
                    daemon,
                    "/api/v1/sign-up/settings",
                    "{\"controller\":\"Association *Les Amis*\",\"contact\":\"dpo@amis.example\",\"purposeFr\":\"nos"
                            + " nouvelles\",\"purposeEn\":\"our news\",\"version\":0}");
            String open = register(daemon, "fr");
            assertThat(open)
                    .contains("Lettre d’information")
                    .contains("nos nouvelles")
                    .contains("dpo@amis.example")
                    .contains("Association \\*Les Amis\\*")
                    .contains("Aucun thème")
                    .doesNotContain("Telegram")
                    .doesNotContain(site.peer().split(":")[0]);
            assertThat(register(daemon, "en")).contains("Newsletter").contains("our news");

            daemon.post("/api/v1/sources", "{\"type\":\"webhook\",\"name\":\"Formulaire\"}");
            assertThat(register(daemon, "fr"))
                    .as("by the names of the notice for people")
                    .contains("messages transmis par d’autres outils")
                    .doesNotContain("webhook");
            assertThat(register(daemon, "en")).contains("messages handed in by other tools");

            daemon.post("/api/v1/sign-up/topics", "{\"nameFr\":\"Rues\",\"nameEn\":\"Streets\"}");
            put(daemon, "/api/v1/sign-up/webhook", "{\"url\":\"" + site.url("/crm") + "\",\"version\":0}");
            assertThat(register(daemon, "fr"))
                    .contains("Thèmes\u00a0: Rues")
                    .contains("127.0.0.1")
                    .contains("sans adresse");
            assertThat(register(daemon, "en")).contains("Topics: Streets").contains("without address or name");

            for (String language : new String[] {"fr", "en"}) {
                daemon.post(
                        "/api/v1/sign-up/texts",
                        "{\"language\":\"" + language + "\",\"text\":\"J’accepte ; l’adresse va à 127.0.0.1.\"}");
            }
            put(daemon, "/api/v1/sign-up/webhook", "{\"withAddress\":true,\"version\":1}");
            assertThat(register(daemon, "en")).contains("follows subscribers: address");
            assertThat(daemon.get("/newsletter/privacy?lang=en").body()).contains("is told your address");
        }
        try (RunningDaemon daemon = new RunningDaemon(
                folder,
                "TOCSIN_ORGANISATION",
                "Les Amis",
                "TOCSIN_MAIL_HOST",
                "smtp.example.net",
                "TOCSIN_MAIL_FROM",
                "lettre@amis.example",
                "TOCSIN_MAIL_TLS",
                "tls",
                "TOCSIN_RETURNS_HOST",
                "imap.example.net")) {
            assertThat(register(daemon, "fr"))
                    .contains("smtp.example.net")
                    .contains("par TLS")
                    .contains("imap.example.net");
            daemon.send(daemon.token(), "DELETE", "/api/v1/sign-up/webhook", null);
            assertThat(register(daemon, "fr")).doesNotContain("127.0.0.1");
        }
    }
}
