package org.pregonero.templates;

import java.util.function.BiFunction;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Markdown as a person would type it into a plain mail: links as "label: address", lists with dashes and numbers. */
final class MarkdownAsText extends AbstractVisitor {

    private static final int LONGEST_RULE = 60;

    private final BiFunction<Link, String, String> linkText;
    private StringBuilder out = new StringBuilder();

    MarkdownAsText(BiFunction<Link, String, String> linkText) {
        this.linkText = linkText;
    }

    /** Every block ends with an empty line. */
    String render(Node document) {
        visitChildren(document);
        return out.toString();
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        boolean tight = paragraph.getParent() != null
                && paragraph.getParent().getParent() instanceof ListBlock list
                && list.isTight();
        out.append(tight ? "\n" : "\n\n");
    }

    @Override
    public void visit(Heading heading) {
        String title = inside(heading);
        out.append(title).append('\n');
        out.append((heading.getLevel() == 1 ? "=" : "-").repeat(Math.min(LONGEST_RULE, Math.max(3, title.length()))));
        out.append("\n\n");
    }

    @Override
    public void visit(BulletList list) {
        items(list, -1);
    }

    @Override
    public void visit(OrderedList list) {
        Integer first = list.getMarkerStartNumber();
        items(list, first == null ? 1 : first);
    }

    private void items(ListBlock list, int first) {
        int number = first;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String marker = first < 0 ? "- " : number++ + ". ";
            indented(inside(item), marker, " ".repeat(marker.length()));
            out.append('\n');
        }
        if (!(list.getParent() != null && list.getParent().getParent() instanceof ListBlock)) {
            out.append('\n');
        }
    }

    @Override
    public void visit(BlockQuote quote) {
        indented(inside(quote), "> ", "> ");
        out.append("\n\n");
    }

    private void indented(String content, String first, String next) {
        out.append(first).append(content.strip().replace("\n", "\n" + next));
    }

    @Override
    public void visit(ThematicBreak rule) {
        out.append("-".repeat(LONGEST_RULE)).append("\n\n");
    }

    @Override
    public void visit(FencedCodeBlock code) {
        out.append(code.getLiteral()).append('\n');
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        out.append(code.getLiteral()).append('\n');
    }

    @Override
    public void visit(HtmlBlock html) {
        out.append(html.getLiteral()).append("\n\n");
    }

    @Override
    public void visit(HtmlInline html) {
        out.append(html.getLiteral());
    }

    @Override
    public void visit(Code code) {
        out.append(code.getLiteral());
    }

    @Override
    public void visit(Link link) {
        out.append(linkText.apply(link, inside(link)));
    }

    @Override
    public void visit(Text text) {
        out.append(text.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        out.append('\n');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        out.append('\n');
    }

    private String inside(Node node) {
        StringBuilder outer = out;
        out = new StringBuilder();
        visitChildren(node);
        String inside = out.toString();
        out = outer;
        return inside;
    }
}
