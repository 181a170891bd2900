-- The small one of a photo, for rows and lists: made with it on the device, and sent after it.
alter table product_picture
    add column thumbnail bytea check (octet_length(thumbnail) between 1 and 12000),
    add column thumbnail_mime text check (thumbnail_mime in ('image/jpeg', 'image/webp')),
    add constraint thumbnail_with_its_mime check ((thumbnail is null) = (thumbnail_mime is null));
