#!/bin/sh
# Makes PDFs by many programs, each in the ways it has: `sh test/corpus/make.sh FOLDER`.
# Wants, of Debian: ghostscript groff enscript librsvg2-bin python3-cairo img2pdf
# python3-reportlab mupdf-tools poppler-utils qpdf chromium. One that is missing ends it.
# (ImageMagick is not among them: Debian forbids it to write PDF.)
set -eu
out=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir -p "$out"
cd "$work"

cat > pages.ps <<'PS'
%!PS
/Times-Roman findfont 18 scalefont setfont
1 1 12 { 72 700 moveto (Page ) show 10 string cvs show 0.8 setgray 72 100 300 200 rectfill 0 setgray showpage } for
PS
cat > book.ms <<'MS'
.TL
Un conte
.AU
Une main
.PP
Il y avait une fois un livre.
.bp
.PP
Et puis une page.
MS
cat > page.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect x="20" y="20" width="200"
height="150" fill="teal" opacity="0.4"/><text x="40" y="90" font-size="24">Un dessin</text></svg>
SVG
cat > page.html <<'HTML'
<!doctype html><title>Un conte</title><style>p{break-after:page}@page{size:A5}</style>
<h1>Un conte</h1><p>Il y avait une fois.</p><p>Et puis.</p><a href="https://exemple.test">Fin</a>
HTML

# Ghostscript, by each version of the format, and as a picture.
for version in 1.3 1.4 1.5 1.6 1.7; do
  gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -dCompatibilityLevel=$version -sOutputFile="$out/gs-$version.pdf" pages.ps
done
gs -q -dBATCH -dNOPAUSE -dPDFA=2 -sColorConversionStrategy=RGB -sDEVICE=pdfwrite -sOutputFile="$out/gs-pdfa.pdf" pages.ps
gs -q -dBATCH -dNOPAUSE -r40 -dLastPage=2 -sDEVICE=pdfimage24 -sOutputFile="$out/gs-picture.pdf" pages.ps

# Typesetters of text.
groff -ms -Tpdf book.ms > "$out/groff.pdf"
groff -ms -Tps book.ms | ps2pdf - "$out/groff-ps.pdf"
enscript -q -o - book.ms | ps2pdf - "$out/enscript.pdf"

# Drawings and pictures.
rsvg-convert -f pdf -o "$out/librsvg.pdf" page.svg page.svg
rsvg-convert -f png -b white -o page.png page.svg
gs -q -dBATCH -dNOPAUSE -r40 -dLastPage=1 -sDEVICE=jpeg -sOutputFile=page.jpg pages.ps
img2pdf page.jpg page.jpg -o "$out/img2pdf.pdf"
img2pdf --pagesize A4 --border 2cm page.png -o "$out/img2pdf-a4.pdf"
/usr/bin/python3 - "$out" <<'PY'
import sys, cairo
from reportlab.pdfgen import canvas
surface = cairo.PDFSurface(sys.argv[1] + '/cairo.pdf', 300, 420)
for page in range(3):
    c = cairo.Context(surface)
    c.move_to(40, 80); c.show_text('Page %d' % page)
    c.set_source_rgba(1, 0, 0, 0.3); c.rectangle(30, 200, 90, 90); c.fill()
    surface.show_page()
surface.finish()
for name, options in (('reportlab', {}), ('reportlab-plain', {'pageCompression': 0})):
    c = canvas.Canvas('%s/%s.pdf' % (sys.argv[1], name), pagesize=(420, 595), **options)
    c.setTitle('Un conte')
    for page in range(21):
        if page == 1: c.setPageRotation(90)
        if page == 2: c.setCropBox((20, 30, 400, 500))
        c.bookmarkPage(str(page)); c.drawString(72, 400, 'Page %d' % page)
        c.linkURL('https://exemple.test', (72, 72, 200, 100)); c.showPage()
    c.save()
PY
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$work/chromium" \
  --print-to-pdf="$out/chromium.pdf" page.html 2> /dev/null

# Rewriters: of Ghostscript's twelve pages, and of what LibreOffice and LaTeX made.
from=$out/gs-1.5.pdf
q() { qpdf --deterministic-id "$@" || [ $? = 3 ]; }
q --object-streams=generate "$from" "$out/qpdf-streams.pdf"
q --object-streams=disable "$from" "$out/qpdf-table.pdf"
q --linearize --object-streams=generate "$from" "$out/qpdf-linear-streams.pdf"
q --linearize --object-streams=disable "$from" "$out/qpdf-linear-table.pdf"
q --qdf "$from" "$out/qpdf-qdf.pdf"
q --stream-data=uncompress --newline-before-endstream "$from" "$out/qpdf-plain.pdf"
q --rotate=+90:2-4 --rotate=180:5 "$from" "$out/qpdf-turned.pdf"
q --rotate=+270 --flatten-rotation "$from" "$out/qpdf-flattened.pdf"
q --coalesce-contents "$from" --overlay "$out/cairo.pdf" -- "$out/qpdf-overlaid.pdf"
q --empty --pages "$from" 1-3 "$out/chromium.pdf" "$here/../fixtures/stamp/libreoffice.pdf" -- "$out/qpdf-collected.pdf"
for one in "$here"/../fixtures/stamp/*.pdf; do
  q --linearize --object-streams=generate "$one" "$out/qpdf-of-$(basename "$one")"
done
mutool clean -gggg "$from" "$out/mutool-clean.pdf"
mutool clean -z -a "$from" "$out/mutool-ascii.pdf"
mutool merge -o "$out/mutool-merge.pdf" "$out/cairo.pdf" "$out/reportlab.pdf"
mutool convert -o "$out/mutool-convert.pdf" "$out/librsvg.pdf"
pdfunite "$out/groff.pdf" "$out/cairo.pdf" "$out/poppler-united.pdf"
pdfseparate -f 2 -l 2 "$from" "$out/poppler-page.pdf"
pdftocairo -pdf "$out/reportlab.pdf" "$out/poppler-cairo.pdf"
