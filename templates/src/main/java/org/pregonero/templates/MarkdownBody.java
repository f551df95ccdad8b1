package org.pregonero.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown field turned into HTML and plain text with tags for {@link CompiledText}.
 *
 * <p>Placeholders pass through the Markdown parser as words of letters and digits, and are put back afterwards. So a
 * value is never seen by the parser, and all its work is done once for all recipients.
 *
 * @param html marked HTML
 * @param text marked plain text
 */
record MarkdownBody(String html, String text) {

    /**
     * @param style inline CSS of an element name, or null for none
     * @param links whether links can be followed; on paper only their label remains
     * @throws InvalidTemplateException for pictures, links of other schemes, and sections that cut through blocks
     */
    static MarkdownBody compile(
            TemplateText source, Vocabulary vocabulary, Function<String, @Nullable String> style, boolean links) {
        return new Compiler(source, vocabulary, style, links).compile();
    }

    private static final class Compiler {

        private final TemplateText source;
        private final Vocabulary vocabulary;
        private final Words words;
        private final Function<String, @Nullable String> style;
        private final boolean links;
        private final String prefix;
        private final Pattern sentinel;
        private final Map<String, TemplateText.Token> tokens = new HashMap<>();
        private final StringBuilder html = new StringBuilder();
        private final StringBuilder text = new StringBuilder();

        Compiler(TemplateText source, Vocabulary vocabulary, Function<String, @Nullable String> style, boolean links) {
            this.source = source;
            this.vocabulary = vocabulary;
            this.words = vocabulary.words();
            this.style = style;
            this.links = links;
            this.prefix = unusedPrefix(CompiledText.marked(source));
            this.sentinel = Pattern.compile(prefix + "([voc]\\d+)z");
        }

        private static String unusedPrefix(String all) {
            String prefix = "q9";
            while (all.contains(prefix)) {
                prefix += "x9";
            }
            return prefix;
        }

        /** Sections whose tags have lines to themselves hold whole blocks: what is between is parsed on its own. */
        MarkdownBody compile() {
            StringBuilder block = new StringBuilder();
            for (TemplateText.Token token : source.tokens()) {
                if (token instanceof TemplateText.Text part) {
                    block.append(part.text());
                } else if (token instanceof TemplateText.Open open && open.alone()) {
                    flush(block);
                    both(CompiledText.open(open));
                } else if (token instanceof TemplateText.Close close && close.alone()) {
                    flush(block);
                    both(CompiledText.close(close));
                } else {
                    block.append(sentinelOf(token));
                }
            }
            flush(block);
            return new MarkdownBody(html.toString(), text.toString());
        }

        private void both(String tag) {
            html.append(tag);
            text.append(tag);
        }

        private String sentinelOf(TemplateText.Token token) {
            String key;
            if (token instanceof TemplateText.Open open) {
                key = "o" + open.pair();
            } else if (token instanceof TemplateText.Close close) {
                key = "c" + close.pair();
            } else {
                key = "v" + tokens.size();
            }
            tokens.put(key, token);
            return prefix + key + "z";
        }

        private void flush(StringBuilder block) {
            if (block.toString().isBlank()) {
                block.setLength(0);
                return;
            }
            Node document = Parser.builder().build().parse(block.toString());
            block.setLength(0);
            document.accept(new Checks());
            html.append(restored(hoisted(renderer().render(document), "<(p|li|h[1-6])\\b[^<>]*>", "</(p|li|h[1-6])>")));
            text.append(restored(hoisted(
                    new MarkdownAsText(this::linkText).render(document),
                    "(?m:^|(?<=" + prefix + "c\\d{1,5}z))",
                    "\n\n?")));
        }

        private HtmlRenderer renderer() {
            return HtmlRenderer.builder()
                    .escapeHtml(true)
                    .omitSingleParagraphP(false)
                    .attributeProviderFactory(context -> (node, tag, attributes) -> {
                        if (node instanceof Link link) {
                            attributes.remove("title");
                            attributes.remove("href");
                            if (links) {
                                attributes.put("href", CompiledText.url(index(link)));
                            }
                        }
                        String css = style.apply(tag);
                        if (css != null) {
                            attributes.put("style", css);
                        }
                    })
                    .build();
        }

        private String linkText(Link link, String label) {
            if (!links || label.equals(link.getDestination()) || ("mailto:" + label).equals(link.getDestination())) {
                return label;
            }
            if (link.getDestination().startsWith("mailto:")) {
                index(link);
                return label + ": " + link.getDestination().substring("mailto:".length());
            }
            int url = index(link);
            return label + CompiledText.ifUrl(url, ": " + CompiledText.url(url));
        }

        private int index(Link link) {
            List<TemplateText.Token> parts = new ArrayList<>();
            String destination = link.getDestination();
            Matcher matcher = sentinel.matcher(destination);
            int position = 0;
            while (matcher.find()) {
                if (matcher.start() > position) {
                    parts.add(new TemplateText.Text(destination.substring(position, matcher.start())));
                }
                parts.add(token(matcher.group(1)));
                position = matcher.end();
            }
            if (position < destination.length()) {
                parts.add(new TemplateText.Text(destination.substring(position)));
            }
            return vocabulary.add(UrlTemplate.of(new TemplateText(source.field(), parts), words));
        }

        /**
         * A block that consists of one section goes with the section; otherwise an empty paragraph or bullet would stay
         * behind.
         */
        private String hoisted(String rendered, String start, String end) {
            String result = rendered;
            for (TemplateText.Token token : tokens.values()) {
                if (token instanceof TemplateText.Open open) {
                    String from = prefix + "o" + open.pair() + "z";
                    String to = prefix + "c" + open.pair() + "z";
                    Matcher whole = Pattern.compile(
                                    "(?<start>" + start + ")" + from
                                            + "(?<content>(?:(?!</?(?:p|li|h[1-6])\\b|\n\n).)*)" + to + "(?<end>" + end
                                            + "|$)",
                                    Pattern.DOTALL)
                            .matcher(result);
                    if (whole.find()) {
                        result = result.substring(0, whole.start())
                                + from
                                + whole.group("start")
                                + whole.group("content")
                                + whole.group("end")
                                + to
                                + result.substring(whole.end());
                    }
                }
            }
            return result;
        }

        private String restored(String rendered) {
            return sentinel.matcher(rendered).replaceAll(match -> {
                TemplateText.Token token = token(match.group(1));
                String tag;
                if (token instanceof TemplateText.Variable variable) {
                    tag = CompiledText.value(variable.name());
                } else if (token instanceof TemplateText.Open open) {
                    tag = CompiledText.open(open);
                } else {
                    tag = CompiledText.close((TemplateText.Close) token);
                }
                return Matcher.quoteReplacement(tag);
            });
        }

        private TemplateText.Token token(String key) {
            TemplateText.Token token = tokens.get(key);
            if (token == null) {
                throw new IllegalStateException("Unknown sentinel " + key);
            }
            return token;
        }

        /** What the parsed Markdown must not contain. */
        private final class Checks extends AbstractVisitor {

            private final Map<Integer, Node> openIn = new HashMap<>();

            @Override
            public void visit(Image image) {
                throw words.invalid("error.image", words.get("field." + source.field()));
            }

            @Override
            public void visit(Text node) {
                sections(node.getLiteral(), node.getParent());
            }

            @Override
            public void visit(Code node) {
                sections(node.getLiteral(), node);
            }

            @Override
            public void visit(FencedCodeBlock node) {
                sections(node.getLiteral(), node);
            }

            @Override
            public void visit(IndentedCodeBlock node) {
                sections(node.getLiteral(), node);
            }

            @Override
            public void visit(Document document) {
                visitChildren(document);
                if (!openIn.isEmpty()) {
                    throw crossing(openIn.keySet().iterator().next());
                }
            }

            private void sections(String literal, Node parent) {
                Matcher matcher = sentinel.matcher(literal);
                while (matcher.find()) {
                    TemplateText.Token token = token(matcher.group(1));
                    if (token instanceof TemplateText.Open open) {
                        openIn.put(open.pair(), parent);
                    } else if (token instanceof TemplateText.Close close && openIn.remove(close.pair()) != parent) {
                        throw crossing(close.pair());
                    }
                }
            }

            private InvalidTemplateException crossing(int pair) {
                TemplateText.Token token = token("o" + pair);
                TemplateText.Open open = (TemplateText.Open) token;
                return words.invalidAt(source.field(), open.line(), "error.crossingSection", open.name());
            }
        }
    }
}
