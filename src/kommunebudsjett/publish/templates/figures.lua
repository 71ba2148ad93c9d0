-- Pictures keep their alternative text on the way to Typst, as PDF/UA asks; pandoc's own writer drops it in figures.
local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

function Image(image)
  local alt = pandoc.utils.stringify(image.caption)
  return pandoc.RawInline('typst', '#image(' .. quoted(image.src) .. ', width: 100%, alt: ' .. quoted(alt) .. ')')
end
