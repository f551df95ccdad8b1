package org.pregonero.dispatcher.tabular;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/**
 * What the workbook library does not tell about a sheet: its merged areas. On the way it makes sure that no cell claims
 * an address outside any sheet, for which the library would reserve memory.
 */
final class SheetOutline {

    private static final Pattern ADDRESS = Pattern.compile("([A-Z]{1,3})([0-9]{1,7})");
    private static final int LAST_ROW = 1_048_576;
    private static final int MAX_AREAS = 20_000;

    private SheetOutline() {}

    static List<MergedArea> mergedAreas(InputStream sheet) throws XMLStreamException {
        List<MergedArea> areas = new ArrayList<>();
        XMLStreamReader xml = parser(sheet);
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    String address = xml.getAttributeValue(null, "r");
                    switch (xml.getLocalName()) {
                        case "c" -> {
                            if (address != null) {
                                parse(address);
                            }
                        }
                        case "row" -> {
                            if (address != null) {
                                rowNumber(address);
                            }
                        }
                        case "mergeCell" -> {
                            String[] ends = String.valueOf(xml.getAttributeValue(null, "ref"))
                                    .split(":", -1);
                            int[] first = parse(ends[0]);
                            int[] last = parse(ends[ends.length - 1]);
                            areas.add(new MergedArea(first[0], first[1], last[0], last[1]));
                        }
                        default -> {}
                    }
                }
                if (areas.size() > MAX_AREAS) {
                    throw TableReader.refuse(Kind.TOO_LARGE, "bomb");
                }
            }
        } finally {
            xml.close();
        }
        return areas;
    }

    /** Where the workbook keeps its worksheets, by the identifier it uses for them. */
    static Map<String, String> worksheetPaths(InputStream relations) throws XMLStreamException {
        Map<String, String> paths = new HashMap<>();
        XMLStreamReader xml = parser(relations);
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("Relationship")) {
                    String target = xml.getAttributeValue(null, "Target");
                    String id = xml.getAttributeValue(null, "Id");
                    String type = xml.getAttributeValue(null, "Type");
                    if (target != null && id != null && type != null && type.endsWith("/worksheet")) {
                        paths.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
                    }
                }
            }
        } finally {
            xml.close();
        }
        return paths;
    }

    private static XMLStreamReader parser(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(in);
    }

    /** Row from 1 and column from 0. */
    private static int[] parse(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        }
        int column = 0;
        for (char letter : matcher.group(1).toCharArray()) {
            column = column * 26 + (letter - 'A' + 1);
        }
        if (column > 16_384) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        }
        return new int[] {rowNumber(matcher.group(2)), column - 1};
    }

    private static int rowNumber(String digits) {
        if (!digits.matches("[0-9]{1,7}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > LAST_ROW) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        }
        return Integer.parseInt(digits);
    }
}
