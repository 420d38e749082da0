package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps campaigns. */
@Command(
        name = "campaigns",
        mixinStandardHelpOptions = true,
        subcommands = {CampaignsCommand.ListAll.class, CampaignsCommand.Save.class, CampaignsCommand.Remove.class})
final class CampaignsCommand implements Callable<Integer> {
    private final TocsinCommand root;

    CampaignsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode campaigns = root.api().get("/api/v1/campaigns").path("items");
        if (campaigns.isEmpty()) {
            root.terminal().say("cli.campaigns.none");
        }
        campaigns.forEach(campaign -> show(root, campaign));
        return 0;
    }

    private static void show(TocsinCommand root, JsonNode campaign) {
        String from = root.terminal().time(campaign.path("from"));
        String until = root.terminal().time(campaign.path("until"));
        root.terminal()
                .line(campaign.path("id").asText() + "  "
                        + (campaign.path("hashtag").isTextual()
                                ? campaign.path("hashtag").asText()
                                : "") + "  "
                        + (from.isEmpty() ? "…" : from) + " – " + (until.isEmpty() ? "…" : until) + "  "
                        + campaign.path("name").asText());
        detail(root, "cli.campaigns.channels", "channels", joined(campaign.path("channels")));
        detail(root, "cli.campaigns.domains", "domains", joined(campaign.path("domains")));
        long brought = campaign.path("confirmedSubscribers").asLong();
        if (brought > 0) {
            DryRun.indented(root.terminal(), "cli.campaigns.brought", "count", brought);
        }
        String utm = campaign.path("utm").properties().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + parameter.getValue().asText())
                .collect(Collectors.joining(", "));
        if (!utm.isEmpty()) {
            root.terminal().line("   " + utm);
        }
    }

    private static void detail(TocsinCommand root, String code, String name, String value) {
        if (!value.isEmpty()) {
            DryRun.indented(root.terminal(), code, name, value);
        }
    }

    private static String joined(JsonNode items) {
        return items.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    /** Lists campaigns. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root);
        }
    }

    /** Adds a campaign, or changes one: what is not given stays as it is. */
    @Command(name = "save", mixinStandardHelpOptions = true)
    static final class Save implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--name", paramLabel = "TEXT")
        private @Nullable String name;

        @Option(names = "--hashtag", paramLabel = "TAG")
        private @Nullable String hashtag;

        @Option(names = "--from", paramLabel = "DATE")
        private @Nullable String from;

        @Option(names = "--until", paramLabel = "DATE")
        private @Nullable String until;

        @Option(names = "--channels", paramLabel = "ID", split = ",")
        private @Nullable List<String> channels;

        @Option(names = "--utm", paramLabel = "UTM=TEXT")
        private Map<String, String> utm = new TreeMap<>();

        @Option(names = "--domain", paramLabel = "DOMAIN")
        private List<String> domains = new ArrayList<>();

        private final TocsinCommand root;

        Save(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            ObjectNode body = api.object();
            for (JsonNode known : api.get("/api/v1/campaigns").path("items")) {
                if (known.path("id").asText().equals(id)) {
                    body.setAll((ObjectNode) known);
                }
            }
            body.put("id", id);
            PostCommand.putIfSet(body, "name", name);
            PostCommand.putIfSet(body, "hashtag", hashtag);
            PostCommand.putIfSet(body, "from", from);
            PostCommand.putIfSet(body, "until", until);
            if (channels != null) {
                ArrayNode wanted = body.putArray("channels");
                channels.forEach(wanted::add);
            }
            if (!utm.isEmpty()) {
                ObjectNode parameters = body.putObject("utm");
                utm.forEach(parameters::put);
            }
            if (!domains.isEmpty()) {
                ArrayNode own = body.putArray("domains");
                domains.forEach(own::add);
            }
            show(root, api.post("/api/v1/campaigns", body));
            return 0;
        }
    }

    /** Removes a campaign. */
    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Remove(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(Api.path("campaigns", id), null);
            root.terminal().say("cli.removed", "what", id);
            return 0;
        }
    }
}
